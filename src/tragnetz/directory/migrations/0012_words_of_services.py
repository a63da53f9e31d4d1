"""Services are found by a word of theirs in an index of words, each as it is written.

The trigrams that stood here served a pattern, which PostgreSQL asks no index for below a policy: all rows were read.
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('directory', '0011_barriers_are_remarks'),
        ('network', '0012_network_of_pairs'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='service',
            index=django.contrib.postgres.indexes.GinIndex(models.Func('search_words', models.Value(' '), function='string_to_array'), gin_pending_list_limit=512, name='service_has_word'),
        ),
        RemoveIndexConcurrently(
            model_name='service',
            name='service_words_trigram',
        ),
    ]
