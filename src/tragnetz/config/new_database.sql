-- The tables that our migrations make in an empty database, written by tools/print_tables.py: not by hand.
-- Migrations: e905b76eb50918dd2436b7ef8252e04e38c424e15c6f456084035814690314aa

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

CREATE FUNCTION public.audit_event_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL
       AND to_jsonb(NEW) - 'position' - 'chain' = to_jsonb(OLD) - 'position' - 'chain' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '12 months' AND EXISTS (
        SELECT 1 FROM audit_sealedhead
        WHERE network_id = OLD.network_id AND position >= OLD.position AND at < now() - interval '12 months'
    ) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'XX000';
END $$;

CREATE FUNCTION public.audit_head_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit_sealedhead is append-only' USING ERRCODE = 'XX000';
END $$;

CREATE FUNCTION public.consent_release_has_a_speaker() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    wanted uuid;
BEGIN
    IF TG_TABLE_NAME = 'consent_release' THEN
        wanted := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        wanted := OLD.release_id;
    ELSE
        wanted := NEW.release_id;
    END IF;
    IF NOT EXISTS (SELECT FROM consent_release WHERE id = wanted) THEN
        RETURN NULL;  -- it went together with its speakers
    END IF;
    IF NOT EXISTS (SELECT FROM consent_releasespeaker WHERE release_id = wanted) THEN
        RAISE EXCEPTION 'release_has_a_speaker' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT FROM consent_releasespeaker speaker JOIN consent_release release ON release.id = speaker.release_id
        WHERE release.id = wanted AND speaker.organisation_id = release.to_organisation_id
    ) THEN
        RAISE EXCEPTION 'release_is_not_to_its_speaker' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.directory_new_edition(changed uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    mark text := changed || ' ' || statement_timestamp();
    before text := coalesce(current_setting('tragnetz.network', true), '');
BEGIN
    IF mark = current_setting('tragnetz.edition', true) THEN
        RETURN;
    END IF;
    PERFORM set_config('tragnetz.network', changed::text, true);
    INSERT INTO directory_edition (network_id, number)
        SELECT id, nextval('directory_edition_number') FROM network_network WHERE id = changed
        ON CONFLICT (network_id) DO UPDATE SET number = excluded.number;
    PERFORM set_config('tragnetz.network', before, true);
    PERFORM set_config('tragnetz.edition', mark, true);
END $$;

CREATE FUNCTION public.directory_pair_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM directory_new_edition(coalesce(NEW.network_id, OLD.network_id));
    RETURN NULL;
END $$;

CREATE FUNCTION public.directory_row_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM directory_new_edition(coalesce(NEW.network_id, OLD.network_id));
    RETURN NULL;
END $$;

CREATE FUNCTION public.directory_words_of_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO directory_word (id, network_id, word)
        SELECT gen_random_uuid(), NEW.network_id, word FROM (
            SELECT DISTINCT word FROM string_to_table(NEW.search_words, ' ') AS word
            WHERE length(word) >= 3 ORDER BY word
        ) AS words
        ON CONFLICT (network_id, word) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.directory_words_of_new() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO directory_word (id, network_id, word)
        SELECT gen_random_uuid(), network_id, word FROM (
            SELECT DISTINCT written.network_id, word FROM written, string_to_table(written.search_words, ' ') AS word
            WHERE length(word) >= 3 ORDER BY network_id, word
        ) AS words
        ON CONFLICT (network_id, word) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.network_leaves(gone uuid, of_table oid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT current_setting('tragnetz.leaving', true) = gone::text
        AND EXISTS (SELECT FROM pg_class WHERE oid = of_table AND pg_has_role(current_user, relowner, 'MEMBER'))
        AND EXISTS (SELECT FROM network_network WHERE id = gone AND frozen_at IS NOT NULL)
$$;

CREATE FUNCTION public.reporting_snapshot_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;

CREATE FUNCTION public.reporting_snapshot_only_ends() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL
        AND to_jsonb(NEW) - 'erased_on' = to_jsonb(OLD) - 'erased_on' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;

CREATE FUNCTION public.reporting_snapshotrow_ends_with_its_head() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM reporting_snapshot WHERE id = OLD.snapshot_id AND erased_on IS NOT NULL
    ) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;

CREATE FUNCTION public.screening_drop_outlook() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    home uuid;
BEGIN
    IF NEW.withdrawn_at IS NULL AND NEW.ends_at > clock_timestamp() + interval '1 minute' THEN
        RETURN NULL;
    END IF;
    SELECT household_id INTO home FROM clients_person WHERE id = NEW.person_id;
    DELETE FROM screening_foreseen USING screening_outlook outlook
        WHERE outlook.id = screening_foreseen.outlook_id AND outlook.household_id = home;
    DELETE FROM screening_outlook WHERE household_id = home;
    RETURN NULL;
END $$;

CREATE FUNCTION public.vault_key_goes_along() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  DELETE FROM vault_wrappedkey WHERE data_key_id = OLD.key_id;
  DELETE FROM vault_datakey WHERE id = OLD.key_id;
  RETURN NULL;
END $$;

CREATE FUNCTION public.vault_pair_goes_along() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  DELETE FROM vault_wrappedkey WHERE holder_id IN (SELECT id FROM vault_keypair WHERE owner_id = OLD.id);
  DELETE FROM vault_keypair WHERE owner_id = OLD.id;
  RETURN NULL;
END $$;

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.appointments_absence (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    deputy_id uuid,
    kind character varying(10) NOT NULL,
    CONSTRAINT absence_ends_after_start CHECK ((ends_at > starts_at))
);

CREATE TABLE public.appointments_attendance (
    id uuid NOT NULL,
    presence character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    marked_by_id uuid,
    network_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    session_id uuid NOT NULL
);

CREATE TABLE public.appointments_booking (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    topic character varying(40) NOT NULL,
    language character varying(10) NOT NULL,
    interpreter boolean NOT NULL,
    state character varying(10) NOT NULL,
    code_hash character varying(64) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    contact_id uuid,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    site_id uuid,
    cancelled_by character varying(10) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    held_until timestamp with time zone,
    purpose character varying(10) NOT NULL,
    replaces_id uuid,
    sequence integer NOT NULL,
    series uuid,
    via character varying(10) NOT NULL,
    session_id uuid,
    waiting_id uuid,
    CONSTRAINT appointments_booking_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT booking_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT cancelled_by_is_of_cancelled CHECK ((((state)::text = 'cancelled'::text) OR ((cancelled_by)::text = ''::text))),
    CONSTRAINT held_booking_has_an_end CHECK ((((held_until IS NOT NULL) AND ((state)::text = 'held'::text)) OR ((NOT ((state)::text = 'held'::text)) AND (held_until IS NULL))))
);

CREATE TABLE public.appointments_bookingpolicy (
    id uuid NOT NULL,
    release_hours smallint NOT NULL,
    notice_hours smallint NOT NULL,
    horizon_days smallint NOT NULL,
    hold_minutes smallint NOT NULL,
    offer_hours smallint NOT NULL,
    calls_per_hour smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT appointments_bookingpolicy_calls_per_hour_check CHECK ((calls_per_hour >= 0)),
    CONSTRAINT appointments_bookingpolicy_hold_minutes_check CHECK ((hold_minutes >= 0)),
    CONSTRAINT appointments_bookingpolicy_horizon_days_check CHECK ((horizon_days >= 0)),
    CONSTRAINT appointments_bookingpolicy_notice_hours_check CHECK ((notice_hours >= 0)),
    CONSTRAINT appointments_bookingpolicy_offer_hours_check CHECK ((offer_hours >= 0)),
    CONSTRAINT appointments_bookingpolicy_release_hours_check CHECK ((release_hours >= 0)),
    CONSTRAINT booking_policy_is_sensible CHECK (((calls_per_hour >= 1) AND (calls_per_hour <= 30) AND ((hold_minutes >= 1) AND (hold_minutes <= 60)) AND ((horizon_days >= 1) AND (horizon_days <= 180)) AND ((offer_hours >= 1) AND (offer_hours <= 168))))
);

CREATE TABLE public.appointments_calendarfeed (
    id uuid NOT NULL,
    secret_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    read_at timestamp with time zone,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.appointments_callattempt (
    id uuid NOT NULL,
    result character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    callback_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.appointments_callback (
    id uuid NOT NULL,
    topic character varying(40) NOT NULL,
    urgency character varying(10) NOT NULL,
    promised_until timestamp with time zone NOT NULL,
    state character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    contact_id uuid,
    district_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    settled_at timestamp with time zone,
    taken_at timestamp with time zone,
    taken_by_id uuid,
    about_id uuid
);

CREATE TABLE public.appointments_closure (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    reason character varying(120) NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid,
    site_id uuid,
    CONSTRAINT closure_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT closure_has_one_subject CHECK (((organisation_id IS NULL) OR (site_id IS NULL)))
);

CREATE TABLE public.appointments_group (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    title jsonb NOT NULL,
    description jsonb NOT NULL,
    topic character varying(40) NOT NULL,
    language character varying(10) NOT NULL,
    places smallint NOT NULL,
    state character varying(10) NOT NULL,
    is_public boolean NOT NULL,
    registration_until timestamp with time zone,
    certificate_percent smallint,
    materials jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    programme_id uuid,
    CONSTRAINT appointments_group_certificate_percent_check CHECK ((certificate_percent >= 0)),
    CONSTRAINT appointments_group_places_check CHECK ((places >= 0)),
    CONSTRAINT certificate_percent_is_a_share CHECK (((certificate_percent IS NULL) OR ((certificate_percent >= 1) AND (certificate_percent <= 100)))),
    CONSTRAINT group_has_places CHECK (((places >= 1) AND (places <= 500)))
);

CREATE TABLE public.appointments_interpreter (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    name bytea NOT NULL,
    email bytea NOT NULL,
    phone bytea NOT NULL,
    languages character varying(10)[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_on date,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT interpreter_speaks_something CHECK ((NOT (languages = '{}'::character varying(10)[])))
);

CREATE TABLE public.appointments_interpreterassignment (
    id uuid NOT NULL,
    language character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    asked_by_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    interpreter_id uuid NOT NULL,
    network_id uuid NOT NULL,
    declaration_id uuid NOT NULL,
    CONSTRAINT settled_assignment_says_when CHECK ((((settled_at IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (settled_at IS NOT NULL))))
);

CREATE TABLE public.appointments_lineduty (
    id uuid NOT NULL,
    weekday smallint NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    hotline_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT appointments_lineduty_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT duty_ends_after_start CHECK ((ends > starts)),
    CONSTRAINT duty_term_is_not_reversed CHECK (((valid_until IS NULL) OR (valid_until >= valid_from))),
    CONSTRAINT duty_weekday_exists CHECK (((weekday >= 0) AND (weekday <= 6)))
);

CREATE TABLE public.appointments_linepresence (
    id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    hotline_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.appointments_registration (
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    seat smallint,
    code_hash character varying(64) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    contact_id uuid,
    group_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT appointments_registration_seat_check CHECK ((seat >= 0)),
    CONSTRAINT registered_has_a_seat CHECK ((((seat >= 1) AND ((state)::text = 'registered'::text)) OR ((NOT ((state)::text = 'registered'::text)) AND (seat IS NULL))))
);

CREATE TABLE public.appointments_roster (
    id uuid NOT NULL,
    weekday smallint NOT NULL,
    starts time without time zone NOT NULL,
    ends time without time zone NOT NULL,
    kinds character varying(10)[] NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    site_id uuid,
    desk_percent smallint NOT NULL,
    every smallint NOT NULL,
    public_percent smallint NOT NULL,
    CONSTRAINT appointments_roster_desk_percent_check CHECK ((desk_percent >= 0)),
    CONSTRAINT appointments_roster_every_check CHECK ((every >= 0)),
    CONSTRAINT appointments_roster_public_percent_check CHECK ((public_percent >= 0)),
    CONSTRAINT appointments_roster_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT roster_ends_after_start CHECK ((ends > starts)),
    CONSTRAINT roster_recurs CHECK ((every >= 1)),
    CONSTRAINT roster_shares_are_nested CHECK (((desk_percent <= 100) AND (public_percent <= desk_percent))),
    CONSTRAINT roster_term_is_not_reversed CHECK (((valid_until IS NULL) OR (valid_until >= valid_from))),
    CONSTRAINT roster_weekday_exists CHECK (((weekday >= 0) AND (weekday <= 6)))
);

CREATE TABLE public.appointments_secrecydeclaration (
    id uuid NOT NULL,
    declared_on date NOT NULL,
    valid_until date NOT NULL,
    form character varying(10) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    interpreter_id uuid NOT NULL,
    network_id uuid NOT NULL,
    recorded_by_id uuid NOT NULL,
    CONSTRAINT declaration_ends_after_it_was_made CHECK ((valid_until >= declared_on))
);

CREATE TABLE public.appointments_session (
    id uuid NOT NULL,
    room character varying(80) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    group_id uuid NOT NULL,
    leader_id uuid NOT NULL,
    network_id uuid NOT NULL,
    site_id uuid,
    CONSTRAINT session_ends_after_start CHECK ((ends_at > starts_at))
);

CREATE TABLE public.appointments_talklength (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    first_minutes smallint NOT NULL,
    follow_minutes smallint NOT NULL,
    buffer_minutes smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT appointments_talklength_buffer_minutes_check CHECK ((buffer_minutes >= 0)),
    CONSTRAINT appointments_talklength_first_minutes_check CHECK ((first_minutes >= 0)),
    CONSTRAINT appointments_talklength_follow_minutes_check CHECK ((follow_minutes >= 0)),
    CONSTRAINT talk_length_is_sensible CHECK (((buffer_minutes <= 120) AND ((first_minutes >= 15) AND (first_minutes <= 240)) AND ((follow_minutes >= 15) AND (follow_minutes <= 240))))
);

CREATE TABLE public.appointments_travel (
    id uuid NOT NULL,
    minutes smallint NOT NULL,
    network_id uuid NOT NULL,
    other_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT appointments_travel_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT travel_sites_are_ordered CHECK ((site_id < other_id))
);

CREATE TABLE public.appointments_waitingentry (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    purpose character varying(10) NOT NULL,
    topic character varying(40) NOT NULL,
    language character varying(10) NOT NULL,
    interpreter boolean NOT NULL,
    gender character varying(1) NOT NULL,
    weekdays smallint[] NOT NULL,
    earliest time without time zone,
    latest time without time zone,
    urgency character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    missed smallint NOT NULL,
    code_hash character varying(64) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    contact_id uuid,
    district_id uuid,
    membership_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT appointments_waitingentry_missed_check CHECK ((missed >= 0))
);

CREATE TABLE public.appointments_workload (
    id uuid NOT NULL,
    percent smallint NOT NULL,
    most_a_day smallint,
    video_url character varying(300) NOT NULL,
    deputy_id uuid,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT appointments_workload_most_a_day_check CHECK ((most_a_day >= 0)),
    CONSTRAINT appointments_workload_percent_check CHECK ((percent >= 0)),
    CONSTRAINT nobody_deputises_for_oneself CHECK ((NOT ((deputy_id = membership_id) AND (deputy_id IS NOT NULL)))),
    CONSTRAINT workload_allows_a_talk CHECK (((most_a_day IS NULL) OR (most_a_day >= 1))),
    CONSTRAINT workload_is_a_share CHECK (((percent >= 1) AND (percent <= 100)))
);

CREATE TABLE public.audit_event (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind character varying(10) NOT NULL,
    user_id uuid,
    organisation_id uuid,
    verb character varying(60) NOT NULL,
    object_type character varying(60) NOT NULL,
    object_id uuid,
    details jsonb NOT NULL,
    "position" bigint,
    chain character varying(64) NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT audit_event_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.audit_sealedhead (
    id uuid NOT NULL,
    number integer NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    first bigint NOT NULL,
    "position" bigint NOT NULL,
    chain character varying(64) NOT NULL,
    public_key character varying(44) NOT NULL,
    signature character varying(88) NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT audit_sealedhead_first_check CHECK ((first >= 0)),
    CONSTRAINT audit_sealedhead_number_check CHECK ((number >= 0)),
    CONSTRAINT audit_sealedhead_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.audit_verification (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    events bigint NOT NULL,
    faults integer NOT NULL,
    found jsonb NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT audit_verification_events_check CHECK ((events >= 0)),
    CONSTRAINT audit_verification_faults_check CHECK ((faults >= 0))
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.casework_application (
    id uuid NOT NULL,
    employer bytea NOT NULL,
    job bytea NOT NULL,
    field smallint,
    sent_on date NOT NULL,
    state character varying(10) NOT NULL,
    state_on date NOT NULL,
    request_key character varying(32) NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    coaching_id uuid NOT NULL,
    CONSTRAINT answer_comes_after_sending CHECK ((state_on >= sent_on)),
    CONSTRAINT casework_application_field_check CHECK ((field >= 0))
);

CREATE TABLE public.casework_capacity (
    id uuid NOT NULL,
    cases smallint NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT capacity_is_possible CHECK (((cases >= 1) AND (cases <= 200))),
    CONSTRAINT casework_capacity_cases_check CHECK ((cases >= 0))
);

CREATE TABLE public.casework_careerentry (
    id uuid NOT NULL,
    kind character varying(16) NOT NULL,
    title bytea NOT NULL,
    place bytea NOT NULL,
    tasks bytea NOT NULL,
    recognition character varying(10) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    years_only boolean NOT NULL,
    is_shown boolean NOT NULL,
    request_key character varying(32) NOT NULL,
    coaching_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT career_entry_ends_after_start CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT career_entry_has_months CHECK (((EXTRACT(day FROM starts_on) = (1)::numeric) AND ((ends_on IS NULL) OR (EXTRACT(day FROM ends_on) = (1)::numeric))))
);

CREATE TABLE public.casework_careerskill (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    name bytea NOT NULL,
    level character varying(8) NOT NULL,
    example bytea NOT NULL,
    is_shown boolean NOT NULL,
    request_key character varying(32) NOT NULL,
    coaching_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT level_is_of_language_or_program CHECK ((((level)::text = ''::text) OR ((kind)::text = ANY (ARRAY[('language'::character varying)::text, ('it'::character varying)::text]))))
);

CREATE TABLE public.casework_case (
    id uuid NOT NULL,
    topic character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    contact_id uuid,
    counsellor_id uuid NOT NULL,
    deputy_id uuid,
    household_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    programme_id uuid,
    enquiry_id uuid,
    indication character varying(12)[] NOT NULL,
    keys_due boolean NOT NULL,
    level character varying(10) NOT NULL,
    merged_into_id uuid,
    restricted_on date,
    CONSTRAINT case_is_more_than_an_enquiry CHECK ((NOT ((level)::text = 'enquiry'::text))),
    CONSTRAINT closed_case_has_a_date CHECK ((((closed_on IS NULL) AND ((state)::text = 'open'::text)) OR ((closed_on IS NOT NULL) AND ((state)::text = 'closed'::text)))),
    CONSTRAINT merged_case_is_closed CHECK (((merged_into_id IS NULL) OR (((state)::text = 'closed'::text) AND (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))))))
);

CREATE TABLE public.casework_casecontact (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    held_on date NOT NULL,
    minutes smallint NOT NULL,
    participants character varying(12)[] NOT NULL,
    language character varying(10) NOT NULL,
    interpreting character varying(12) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT casework_casecontact_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT contact_lasts_a_day_at_most CHECK (((minutes >= 1) AND (minutes <= 1440)))
);

CREATE TABLE public.casework_casefile (
    id uuid NOT NULL,
    paper character varying(80) NOT NULL,
    type character varying(4) NOT NULL,
    name bytea NOT NULL,
    note bytea NOT NULL,
    size integer NOT NULL,
    state character varying(8) NOT NULL,
    scanned_at timestamp with time zone,
    seen_on date,
    looked_at timestamp with time zone,
    keep_for character varying(8) NOT NULL,
    keep_until date,
    created_at timestamp with time zone NOT NULL,
    request_key character varying(40) NOT NULL,
    author_id uuid,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    deadline_id uuid,
    network_id uuid NOT NULL,
    seen_by_id uuid,
    for_household boolean NOT NULL,
    issued_on date,
    paper_at timestamp with time zone NOT NULL,
    CONSTRAINT casework_casefile_size_check CHECK ((size >= 0)),
    CONSTRAINT file_has_content_or_none CHECK ((((size > 0) AND ((state)::text = ANY (ARRAY[('kept'::character varying)::text, ('waiting'::character varying)::text])) AND (NOT ((type)::text = ''::text))) OR ((NOT ((state)::text = ANY (ARRAY[('kept'::character varying)::text, ('waiting'::character varying)::text]))) AND (size = 0)))),
    CONSTRAINT file_is_kept_until_a_day_or_with_its_case CHECK (((((keep_for)::text = 'case'::text) AND (keep_until IS NULL)) OR ((NOT ((keep_for)::text = 'case'::text)) AND (keep_until IS NOT NULL)))),
    CONSTRAINT seen_paper_says_when_and_by_whom CHECK ((((seen_by_id IS NOT NULL) AND (seen_on IS NOT NULL) AND ((state)::text = 'seen'::text)) OR ((NOT ((state)::text = 'seen'::text)) AND (seen_by_id IS NULL) AND (seen_on IS NULL))))
);

CREATE TABLE public.casework_casepaper (
    id uuid NOT NULL,
    paper character varying(80) NOT NULL,
    state character varying(10) NOT NULL,
    owner character varying(12) NOT NULL,
    issued_on date,
    seen_on date,
    changed_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT seen_paper_says_when CHECK ((((seen_on IS NOT NULL) AND ((state)::text = 'seen'::text)) OR ((NOT ((state)::text = 'seen'::text)) AND (seen_on IS NULL))))
);

CREATE TABLE public.casework_claim (
    id uuid NOT NULL,
    benefit character varying(80) NOT NULL,
    title bytea NOT NULL,
    office_words bytea NOT NULL,
    reference bytea NOT NULL,
    more_papers character varying(80)[] NOT NULL,
    state character varying(10) NOT NULL,
    state_on date NOT NULL,
    renew_on date,
    created_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    office_id uuid,
    renews_id uuid,
    CONSTRAINT claim_renews_another_one CHECK (((renews_id IS NULL) OR (NOT ((renews_id = id) AND (renews_id IS NOT NULL))))),
    CONSTRAINT only_a_granted_claim_is_renewed CHECK (((renew_on IS NULL) OR ((state)::text = 'granted'::text)))
);

CREATE TABLE public.casework_claimmove (
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    happened_on date NOT NULL,
    note bytea NOT NULL,
    rhythm character varying(6) NOT NULL,
    amount numeric(9,2),
    from_on date,
    until_on date,
    idempotency_key character varying(64) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT a_grant_alone_has_money_and_a_start CHECK ((((from_on IS NOT NULL) AND ((state)::text = 'granted'::text)) OR ((NOT ((state)::text = 'granted'::text)) AND (amount IS NULL) AND (from_on IS NULL) AND ((rhythm)::text = ''::text) AND (until_on IS NULL)))),
    CONSTRAINT a_grant_ends_after_its_start CHECK (((until_on IS NULL) OR (until_on >= from_on))),
    CONSTRAINT money_has_an_amount CHECK ((((amount IS NULL) AND ((rhythm)::text = ''::text)) OR ((NOT ((rhythm)::text = ''::text)) AND (amount > (0)::numeric) AND (amount IS NOT NULL))))
);

CREATE TABLE public.casework_closing (
    id uuid NOT NULL,
    closed_on date NOT NULL,
    reason character varying(16) NOT NULL,
    result character varying(12) NOT NULL,
    after_care boolean NOT NULL,
    reopened_on date,
    case_id uuid NOT NULL,
    closed_by_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT case_reopens_after_its_end CHECK (((reopened_on IS NULL) OR (reopened_on >= closed_on)))
);

CREATE TABLE public.casework_coaching (
    id uuid NOT NULL,
    education bytea NOT NULL,
    work bytea NOT NULL,
    skills bytea NOT NULL,
    licences bytea NOT NULL,
    languages bytea NOT NULL,
    wishes bytea NOT NULL,
    limits bytea NOT NULL,
    goal bytea NOT NULL,
    goal_field smallint,
    hours_wanted numeric(4,1),
    started_on date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    person_id uuid,
    CONSTRAINT casework_coaching_goal_field_check CHECK ((goal_field >= 0)),
    CONSTRAINT coaching_hours_are_of_a_week CHECK (((hours_wanted IS NULL) OR ((hours_wanted > (0)::numeric) AND (hours_wanted <= (60)::numeric))))
);

CREATE TABLE public.casework_compartment (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    network_id uuid NOT NULL,
    person_id uuid,
    key_id uuid
);

CREATE TABLE public.casework_coverletter (
    id uuid NOT NULL,
    employer bytea NOT NULL,
    address bytea NOT NULL,
    contact_title character varying(8) NOT NULL,
    contact_name bytea NOT NULL,
    job bytea NOT NULL,
    source character varying(10) NOT NULL,
    situation character varying(12) NOT NULL,
    tone character varying(6) NOT NULL,
    reason bytea NOT NULL,
    strengths bytea NOT NULL,
    start bytea NOT NULL,
    hours character varying(8) NOT NULL,
    enclosures bytea NOT NULL,
    is_shared boolean NOT NULL,
    request_key character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    application_id uuid,
    coaching_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.casework_coverversion (
    id uuid NOT NULL,
    number smallint NOT NULL,
    subject bytea NOT NULL,
    text bytea NOT NULL,
    pages smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    letter_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT casework_coverversion_number_check CHECK ((number >= 0)),
    CONSTRAINT casework_coverversion_pages_check CHECK ((pages >= 0))
);

CREATE TABLE public.casework_deadline (
    id uuid NOT NULL,
    rule character varying(40) NOT NULL,
    matter bytea NOT NULL,
    letter bytea NOT NULL,
    reason bytea NOT NULL,
    start_on date,
    arrival character varying(8) NOT NULL,
    received_on date,
    end_on date,
    instructed boolean NOT NULL,
    computed_on date,
    due_on date NOT NULL,
    tells_person boolean NOT NULL,
    state character varying(8) NOT NULL,
    ended_on date,
    created_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    ended_by_id uuid,
    network_id uuid NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    CONSTRAINT deadline_by_rule_has_a_start CHECK ((((rule)::text = ''::text) OR (start_on IS NOT NULL))),
    CONSTRAINT ended_deadline_says_when_and_by_whom CHECK ((((ended_by_id IS NULL) AND (ended_on IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (ended_by_id IS NOT NULL) AND (ended_on IS NOT NULL))))
);

CREATE TABLE public.casework_emergencyaccess (
    id uuid NOT NULL,
    reason bytea NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    case_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    seen_by_id uuid,
    CONSTRAINT emergency_ends_after_it_began CHECK ((ends_at >= begun_at))
);

CREATE TABLE public.casework_enquiry (
    id uuid NOT NULL,
    channel character varying(10) NOT NULL,
    outcome character varying(12) NOT NULL,
    topic character varying(40) NOT NULL,
    urgency character varying(10) NOT NULL,
    language character varying(10) NOT NULL,
    concern bytea NOT NULL,
    released bytea NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    booking_id uuid,
    callback_id uuid,
    contact_id uuid,
    district_id uuid,
    locality_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    programme_id uuid,
    taken_by_id uuid,
    registration_id uuid,
    waiting_id uuid,
    continued_key character varying(64) NOT NULL,
    CONSTRAINT information_has_no_appointment CHECK (((NOT ((outcome)::text = 'information'::text)) OR ((booking_id IS NULL) AND (callback_id IS NULL) AND (registration_id IS NULL) AND (waiting_id IS NULL))))
);

CREATE TABLE public.casework_feedback (
    id uuid NOT NULL,
    month date NOT NULL,
    understood smallint,
    better smallint,
    again smallint,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT answer_again_is_on_its_scale CHECK (((again IS NULL) OR ((again >= 1) AND (again <= 4)))),
    CONSTRAINT answer_better_is_on_its_scale CHECK (((better IS NULL) OR ((better >= 1) AND (better <= 4)))),
    CONSTRAINT answer_understood_is_on_its_scale CHECK (((understood IS NULL) OR ((understood >= 1) AND (understood <= 4)))),
    CONSTRAINT casework_feedback_again_check CHECK ((again >= 0)),
    CONSTRAINT casework_feedback_better_check CHECK ((better >= 0)),
    CONSTRAINT casework_feedback_understood_check CHECK ((understood >= 0))
);

CREATE TABLE public.casework_filechunk (
    id uuid NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL,
    compartment_id uuid NOT NULL,
    file_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT casework_filechunk_number_check CHECK ((number >= 0))
);

CREATE TABLE public.casework_goal (
    id uuid NOT NULL,
    what bytea NOT NULL,
    sign bytea NOT NULL,
    wish character varying(12) NOT NULL,
    domain character varying(12) NOT NULL,
    agreed_on date NOT NULL,
    due_on date NOT NULL,
    review_on date,
    state character varying(10) NOT NULL,
    ended_on date,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    request_key character varying(40) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ended_goal_has_a_date CHECK ((((ended_on IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (ended_on IS NOT NULL) AND (review_on IS NULL))))
);

CREATE TABLE public.casework_goalreview (
    id uuid NOT NULL,
    held_on date NOT NULL,
    attainment smallint NOT NULL,
    text bytea NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    goal_id uuid NOT NULL,
    network_id uuid NOT NULL,
    request_key character varying(40) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT attainment_is_on_its_scale CHECK (((attainment >= '-2'::integer) AND (attainment <= 2)))
);

CREATE TABLE public.casework_handover (
    id uuid NOT NULL,
    handed_on date NOT NULL,
    points character varying(12)[] NOT NULL,
    text bytea NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    network_id uuid NOT NULL,
    taker_id uuid NOT NULL,
    CONSTRAINT handover_is_to_another CHECK ((NOT (giver_id = taker_id)))
);

CREATE TABLE public.casework_interview (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    note bytea NOT NULL,
    application_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.casework_letter (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    state character varying(8) NOT NULL,
    number smallint NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    deadline_id uuid,
    network_id uuid NOT NULL,
    CONSTRAINT casework_letter_number_check CHECK ((number >= 0)),
    CONSTRAINT letter_has_a_version CHECK ((number >= 1))
);

CREATE TABLE public.casework_lettersending (
    id uuid NOT NULL,
    sent_on date NOT NULL,
    way character varying(12) NOT NULL,
    recipient bytea NOT NULL,
    note bytea NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    letter_id uuid NOT NULL,
    network_id uuid NOT NULL,
    version_id uuid NOT NULL
);

CREATE TABLE public.casework_letterversion (
    id uuid NOT NULL,
    number smallint NOT NULL,
    draft bytea NOT NULL,
    words bytea NOT NULL,
    written_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    letter_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT casework_letterversion_number_check CHECK ((number >= 0))
);

CREATE TABLE public.casework_letterwording (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    sender character varying(12) NOT NULL,
    number smallint NOT NULL,
    is_original boolean NOT NULL,
    subject character varying(200) NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT casework_letterwording_number_check CHECK ((number >= 0)),
    CONSTRAINT letter_wording_has_words_or_is_the_original CHECK (((is_original AND ((subject)::text = ''::text) AND (text = ''::text)) OR ((NOT is_original) AND (NOT ((subject)::text = ''::text)) AND (NOT (text = ''::text)))))
);

CREATE TABLE public.casework_lifeevent (
    id uuid NOT NULL,
    kind character varying(16) NOT NULL,
    happened_on date NOT NULL,
    text bytea NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    request_key character varying(40) DEFAULT ''::character varying NOT NULL
);

CREATE TABLE public.casework_note (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    text bytea NOT NULL,
    written_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    network_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    contact_id uuid
);

CREATE TABLE public.casework_ownaccess (
    id uuid NOT NULL,
    code_hash character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    last_used_at timestamp with time zone,
    request_key character varying(40) NOT NULL,
    case_id uuid NOT NULL,
    made_by_id uuid NOT NULL,
    network_id uuid NOT NULL,
    pair_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT ended_own_access_has_no_code CHECK ((((ended_at IS NULL) AND (NOT ((code_hash)::text = ''::text))) OR (((code_hash)::text = ''::text) AND (ended_at IS NOT NULL))))
);

CREATE TABLE public.casework_ownmessage (
    id uuid NOT NULL,
    text bytea NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    request_key character varying(40) NOT NULL,
    author_id uuid,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    step_id uuid,
    CONSTRAINT needs_come_from_the_person CHECK (((author_id IS NULL) OR (step_id IS NULL)))
);

CREATE TABLE public.casework_ownsession (
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    access_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.casework_placement (
    id uuid NOT NULL,
    employer bytea NOT NULL,
    job bytea NOT NULL,
    kind character varying(16) NOT NULL,
    field smallint,
    hours numeric(4,1),
    is_temporary boolean,
    starts_on date NOT NULL,
    ended_on date,
    end_reason character varying(10) NOT NULL,
    kept_3 character varying(10) NOT NULL,
    kept_3_on date,
    kept_6 character varying(10) NOT NULL,
    kept_6_on date,
    request_key character varying(32) NOT NULL,
    application_id uuid,
    coaching_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT casework_placement_field_check CHECK ((field >= 0)),
    CONSTRAINT ended_placement_has_a_reason CHECK (((((end_reason)::text = ''::text) AND (ended_on IS NULL)) OR ((ended_on IS NOT NULL) AND (NOT ((end_reason)::text = ''::text))))),
    CONSTRAINT kept_3_has_a_date CHECK (((((kept_3)::text = ''::text) AND (kept_3_on IS NULL)) OR ((NOT ((kept_3)::text = ''::text)) AND (kept_3_on IS NOT NULL)))),
    CONSTRAINT kept_6_has_a_date CHECK (((((kept_6)::text = ''::text) AND (kept_6_on IS NULL)) OR ((NOT ((kept_6)::text = ''::text)) AND (kept_6_on IS NOT NULL)))),
    CONSTRAINT placement_ends_after_start CHECK (((ended_on IS NULL) OR (ended_on >= starts_on))),
    CONSTRAINT placement_hours_are_of_a_week CHECK (((hours IS NULL) OR ((hours > (0)::numeric) AND (hours <= (60)::numeric))))
);

CREATE TABLE public.casework_plantaking (
    id uuid NOT NULL,
    plan character varying(40) NOT NULL,
    goals smallint NOT NULL,
    steps smallint NOT NULL,
    deadlines smallint NOT NULL,
    claims smallint NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    request_key character varying(64) NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT casework_plantaking_claims_check CHECK ((claims >= 0)),
    CONSTRAINT casework_plantaking_deadlines_check CHECK ((deadlines >= 0)),
    CONSTRAINT casework_plantaking_goals_check CHECK ((goals >= 0)),
    CONSTRAINT casework_plantaking_steps_check CHECK ((steps >= 0))
);

CREATE TABLE public.casework_rating (
    id uuid NOT NULL,
    rated_on date NOT NULL,
    occasion character varying(10) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    author_id uuid,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.casework_ratingline (
    id uuid NOT NULL,
    domain character varying(12) NOT NULL,
    level smallint,
    own_level smallint,
    urgency character varying(8) NOT NULL,
    strength bytea NOT NULL,
    need bytea NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL,
    rating_id uuid NOT NULL,
    CONSTRAINT casework_ratingline_level_check CHECK ((level >= 0)),
    CONSTRAINT casework_ratingline_own_level_check CHECK ((own_level >= 0)),
    CONSTRAINT level_is_on_its_scale CHECK (((level IS NULL) OR ((level >= 1) AND (level <= 5)))),
    CONSTRAINT own_level_is_on_its_scale CHECK (((own_level IS NULL) OR ((own_level >= 1) AND (own_level <= 5))))
);

CREATE TABLE public.casework_resume (
    id uuid NOT NULL,
    name bytea NOT NULL,
    address bytea NOT NULL,
    phone bytea NOT NULL,
    email bytea NOT NULL,
    birth bytea NOT NULL,
    permit bytea NOT NULL,
    summary bytea NOT NULL,
    shows_birth boolean NOT NULL,
    design character varying(8) NOT NULL,
    colour character varying(8) NOT NULL,
    newest_first boolean NOT NULL,
    is_shared boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    coaching_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.casework_step (
    id uuid NOT NULL,
    text bytea NOT NULL,
    owner character varying(12) NOT NULL,
    due_on date,
    done_on date,
    created_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    network_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    goal_id uuid,
    request_key character varying(40) DEFAULT ''::character varying NOT NULL
);

CREATE TABLE public.casework_task (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    text bytea NOT NULL,
    due_on date NOT NULL,
    done_on date,
    created_at timestamp with time zone NOT NULL,
    assignee_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    done_by_id uuid,
    given_by_id uuid,
    network_id uuid NOT NULL,
    answer character varying(11) NOT NULL,
    request_key character varying(40) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT only_after_care_is_answered CHECK ((((answer)::text = ''::text) OR ((done_on IS NOT NULL) AND ((kind)::text = ANY (ARRAY[('after_3'::character varying)::text, ('after_6'::character varying)::text]))))),
    CONSTRAINT only_done_task_says_by_whom CHECK (((done_by_id IS NULL) OR (done_on IS NOT NULL)))
);

CREATE TABLE public.casework_texttemplate (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(80) NOT NULL,
    text text NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.casework_tie (
    id uuid NOT NULL,
    name bytea NOT NULL,
    relation bytea NOT NULL,
    sphere character varying(10) NOT NULL,
    strength character varying(1) NOT NULL,
    request_key character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.clients_contact (
    id uuid NOT NULL,
    name bytea NOT NULL,
    phone bytea NOT NULL,
    language character varying(10) NOT NULL,
    interpreter boolean NOT NULL,
    may_call boolean NOT NULL,
    may_text boolean NOT NULL,
    may_voicemail boolean NOT NULL,
    safe_note bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    address bytea NOT NULL,
    email bytea NOT NULL,
    may_email boolean NOT NULL,
    may_letter boolean NOT NULL,
    address_blocked boolean NOT NULL,
    restricted_on date
);

CREATE TABLE public.clients_household (
    id uuid NOT NULL,
    facts bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.clients_nameentry (
    id uuid NOT NULL,
    tokens bigint[] NOT NULL,
    contact_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid,
    CONSTRAINT name_is_of_one CHECK ((((contact_id IS NULL) AND (person_id IS NOT NULL)) OR ((contact_id IS NOT NULL) AND (person_id IS NULL))))
);

CREATE TABLE public.clients_person (
    id uuid NOT NULL,
    name bytea NOT NULL,
    birth_year smallint,
    relation character varying(10) NOT NULL,
    household_id uuid NOT NULL,
    network_id uuid NOT NULL,
    left_on date,
    CONSTRAINT birth_year_is_plausible CHECK (((birth_year IS NULL) OR ((birth_year >= 1900) AND (birth_year <= 2100)))),
    CONSTRAINT clients_person_birth_year_check CHECK ((birth_year >= 0))
);

CREATE TABLE public.clients_takeaway (
    id uuid NOT NULL,
    code_hash character varying(64) NOT NULL,
    sealed bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.config_taskrun (
    id uuid NOT NULL,
    name character varying(40) NOT NULL,
    ran_at timestamp with time zone NOT NULL,
    seconds double precision NOT NULL,
    failures integer NOT NULL,
    failed_at timestamp with time zone,
    error character varying(120) NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT config_taskrun_failures_check CHECK ((failures >= 0))
);

CREATE TABLE public.consent_citytext (
    id uuid NOT NULL,
    use character varying(10) NOT NULL,
    purpose character varying(20) NOT NULL,
    regime character varying(20) NOT NULL,
    version smallint NOT NULL,
    valid_from date NOT NULL,
    body jsonb NOT NULL,
    machine character varying(10)[] NOT NULL,
    source jsonb NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid,
    CONSTRAINT consent_citytext_version_check CHECK ((version >= 0))
);

CREATE TABLE public.consent_consent (
    id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    groups character varying(20)[] NOT NULL,
    form character varying(10) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ends_with_case boolean NOT NULL,
    witness bytea,
    proof bytea,
    signed_on date,
    signature_due_at timestamp with time zone,
    signer character varying(10) NOT NULL,
    signer_name bytea,
    capacity_noted boolean NOT NULL,
    regime character varying(20) NOT NULL,
    language character varying(10) NOT NULL,
    text_version character varying(200) NOT NULL,
    wording bytea NOT NULL,
    german bytea NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawal_form character varying(10) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    recipients_outside bytea,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    taken_by_id uuid NOT NULL,
    withdrawal_taken_by_id uuid,
    CONSTRAINT consent_electronic_has_proof CHECK (((NOT ((form)::text = 'electronic'::text)) OR (proof IS NOT NULL))),
    CONSTRAINT consent_ends_after_it_was_given CHECK ((ends_at >= given_at)),
    CONSTRAINT consent_names_known_groups CHECK (((groups <@ ARRAY['contact'::character varying(20), 'blocked_address'::character varying(20), 'household'::character varying(20), 'domains'::character varying(20), 'goals'::character varying(20), 'notes'::character varying(20), 'claims'::character varying(20), 'documents'::character varying(20), 'appointments'::character varying(20), 'work'::character varying(20), 'health'::character varying(20)]) AND (
CASE
    WHEN (groups IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(groups, 1), 0)
END > 0))),
    CONSTRAINT consent_oral_has_a_witness CHECK (((NOT ((form)::text = 'oral'::text)) OR (witness IS NOT NULL))),
    CONSTRAINT consent_oral_under_kdg_is_to_be_signed CHECK (((NOT (((form)::text = 'oral'::text) AND ((regime)::text = 'kdg'::text))) OR (signature_due_at IS NOT NULL))),
    CONSTRAINT consent_signer_is_named CHECK ((((signer)::text = 'self'::text) OR (signer_name IS NOT NULL))),
    CONSTRAINT consent_withdrawal_is_complete CHECK (((((withdrawal_form)::text = ''::text) AND (withdrawal_taken_by_id IS NULL) AND (withdrawn_at IS NULL)) OR (((withdrawal_form)::text = 'electronic'::text) AND (withdrawn_at >= given_at)) OR (((withdrawal_form)::text = ANY (ARRAY[('written'::character varying)::text, ('oral'::character varying)::text])) AND (withdrawal_taken_by_id IS NOT NULL) AND (withdrawn_at >= given_at)))),
    CONSTRAINT consent_written_is_signed CHECK (((NOT ((form)::text = 'written'::text)) OR (signed_on IS NOT NULL)))
);

CREATE TABLE public.consent_consent_recipients (
    id bigint NOT NULL,
    consent_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.consent_consent_recipients ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.consent_consent_recipients_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.consent_notice (
    id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    language character varying(10) NOT NULL,
    text_version character varying(200) NOT NULL,
    how character varying(10) NOT NULL,
    handed_on date NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    taken_by_id uuid NOT NULL
);

CREATE TABLE public.consent_release (
    id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    groups character varying(20)[] NOT NULL,
    form character varying(10) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ends_with_case boolean NOT NULL,
    witness bytea,
    proof bytea,
    signed_on date,
    signature_due_at timestamp with time zone,
    signer character varying(10) NOT NULL,
    signer_name bytea,
    capacity_noted boolean NOT NULL,
    regime character varying(20) NOT NULL,
    language character varying(10) NOT NULL,
    text_version character varying(200) NOT NULL,
    wording bytea NOT NULL,
    german bytea NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawal_form character varying(10) NOT NULL,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    to_outside bytea,
    topic bytea NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    taken_by_id uuid NOT NULL,
    to_organisation_id uuid,
    withdrawal_taken_by_id uuid,
    CONSTRAINT release_electronic_has_proof CHECK (((NOT ((form)::text = 'electronic'::text)) OR (proof IS NOT NULL))),
    CONSTRAINT release_ends_after_it_was_given CHECK ((ends_at >= given_at)),
    CONSTRAINT release_names_known_groups CHECK (((groups <@ ARRAY['contact'::character varying(20), 'blocked_address'::character varying(20), 'household'::character varying(20), 'domains'::character varying(20), 'goals'::character varying(20), 'notes'::character varying(20), 'claims'::character varying(20), 'documents'::character varying(20), 'appointments'::character varying(20), 'work'::character varying(20), 'health'::character varying(20)]) AND (
CASE
    WHEN (groups IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(groups, 1), 0)
END > 0))),
    CONSTRAINT release_names_one_recipient CHECK ((((to_organisation_id IS NULL) AND (to_outside IS NOT NULL)) OR ((to_organisation_id IS NOT NULL) AND (to_outside IS NULL)))),
    CONSTRAINT release_oral_has_a_witness CHECK (((NOT ((form)::text = 'oral'::text)) OR (witness IS NOT NULL))),
    CONSTRAINT release_oral_under_kdg_is_to_be_signed CHECK (((NOT (((form)::text = 'oral'::text) AND ((regime)::text = 'kdg'::text))) OR (signature_due_at IS NOT NULL))),
    CONSTRAINT release_signer_is_named CHECK ((((signer)::text = 'self'::text) OR (signer_name IS NOT NULL))),
    CONSTRAINT release_withdrawal_is_complete CHECK (((((withdrawal_form)::text = ''::text) AND (withdrawal_taken_by_id IS NULL) AND (withdrawn_at IS NULL)) OR (((withdrawal_form)::text = 'electronic'::text) AND (withdrawn_at >= given_at)) OR (((withdrawal_form)::text = ANY (ARRAY[('written'::character varying)::text, ('oral'::character varying)::text])) AND (withdrawal_taken_by_id IS NOT NULL) AND (withdrawn_at >= given_at)))),
    CONSTRAINT release_written_is_signed CHECK (((NOT ((form)::text = 'written'::text)) OR (signed_on IS NOT NULL)))
);

CREATE TABLE public.consent_releasespeaker (
    id uuid NOT NULL,
    membership_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    release_id uuid NOT NULL
);

CREATE TABLE public.directory_authority (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name jsonb NOT NULL,
    phone character varying(40) NOT NULL,
    url character varying(400) NOT NULL,
    network_id uuid NOT NULL,
    imported boolean NOT NULL
);

CREATE TABLE public.directory_confirmationlink (
    id uuid NOT NULL,
    secret_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(200) NOT NULL,
    sent_to character varying(254) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    opened_at timestamp with time zone,
    used_at timestamp with time zone,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.directory_edition (
    network_id uuid NOT NULL,
    number bigint NOT NULL
);

CREATE SEQUENCE public.directory_edition_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.directory_examplehousehold (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name jsonb NOT NULL,
    story jsonb NOT NULL,
    facts jsonb NOT NULL,
    "position" smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT directory_examplehousehold_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.directory_office (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    phone character varying(40) NOT NULL,
    url character varying(400) NOT NULL,
    "when" jsonb NOT NULL,
    hours jsonb NOT NULL,
    source jsonb NOT NULL,
    checked jsonb NOT NULL,
    "position" smallint NOT NULL,
    authority_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    site_id uuid,
    otherwise_id uuid,
    edited boolean NOT NULL,
    key character varying(80) NOT NULL,
    truth jsonb DEFAULT '{}'::jsonb NOT NULL,
    review_on date,
    CONSTRAINT directory_office_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.directory_office_districts (
    id bigint NOT NULL,
    office_id uuid NOT NULL,
    district_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.directory_office_districts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_office_districts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.directory_paper (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name jsonb NOT NULL,
    "where" jsonb NOT NULL,
    hint jsonb NOT NULL,
    network_id uuid NOT NULL,
    authority_id uuid,
    service_id uuid,
    CONSTRAINT paper_has_one_issuer CHECK (((authority_id IS NULL) OR (service_id IS NULL)))
);

CREATE TABLE public.directory_report (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    text character varying(1000) NOT NULL,
    language character varying(10) NOT NULL,
    by_provider boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    settled_at timestamp with time zone,
    settled_by character varying(200) NOT NULL,
    network_id uuid NOT NULL,
    service_id uuid NOT NULL
);

CREATE TABLE public.directory_revision (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    origin character varying(12) NOT NULL,
    user_id uuid,
    by character varying(200) NOT NULL,
    comment character varying(400) NOT NULL,
    fields character varying(40)[] NOT NULL,
    before jsonb,
    after jsonb,
    seen_at timestamp with time zone,
    network_id uuid NOT NULL,
    service_id uuid,
    subject character varying(12) NOT NULL,
    CONSTRAINT directory_revision_number_check CHECK ((number >= 0))
);

CREATE TABLE public.directory_searchgap (
    id uuid NOT NULL,
    words character varying(80) NOT NULL,
    language character varying(10) NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    times integer NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT directory_searchgap_times_check CHECK ((times >= 0))
);

CREATE TABLE public.directory_service (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    kind character varying(10) NOT NULL,
    name jsonb NOT NULL,
    summary jsonb NOT NULL,
    description jsonb NOT NULL,
    keywords jsonb NOT NULL,
    legal_basis character varying(200) NOT NULL,
    prerequisites jsonb NOT NULL,
    exclusions_text jsonb NOT NULL,
    date_rule jsonb NOT NULL,
    cost jsonb NOT NULL,
    languages character varying(10)[] NOT NULL,
    contact jsonb NOT NULL,
    hours jsonb NOT NULL,
    opens character varying(80)[] NOT NULL,
    excludes character varying(80)[] NOT NULL,
    sensitive boolean NOT NULL,
    valid_from date,
    valid_until date,
    source jsonb NOT NULL,
    checked jsonb NOT NULL,
    search_name text NOT NULL,
    search_text text NOT NULL,
    search_vector tsvector,
    authority_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid,
    embedded_at timestamp with time zone,
    vectors bytea,
    vectors_of character varying(64) NOT NULL,
    search_words text NOT NULL,
    capacities jsonb NOT NULL,
    cost_options jsonb NOT NULL,
    imported boolean NOT NULL,
    kept jsonb NOT NULL,
    modified_at timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    edited boolean NOT NULL,
    review_on date,
    translations jsonb NOT NULL,
    truth jsonb NOT NULL,
    waiting jsonb NOT NULL,
    gives character varying(80)[] DEFAULT '{}'::character varying(80)[] NOT NULL,
    paper_order character varying(80)[] DEFAULT '{}'::character varying(80)[] NOT NULL,
    CONSTRAINT service_has_authority_or_organisation CHECK ((((authority_id IS NULL) AND (organisation_id IS NOT NULL)) OR ((authority_id IS NOT NULL) AND (organisation_id IS NULL))))
);

CREATE TABLE public.directory_service_districts (
    id bigint NOT NULL,
    service_id uuid NOT NULL,
    district_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.directory_service_districts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_service_districts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.directory_service_papers (
    id bigint NOT NULL,
    service_id uuid NOT NULL,
    paper_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.directory_service_papers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_service_papers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.directory_service_topics (
    id bigint NOT NULL,
    service_id uuid NOT NULL,
    topic_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.directory_service_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_service_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.directory_serviceatlocation (
    id uuid NOT NULL,
    hours jsonb NOT NULL,
    phones jsonb NOT NULL,
    note jsonb NOT NULL,
    kept jsonb NOT NULL,
    "position" smallint NOT NULL,
    network_id uuid NOT NULL,
    office_id uuid,
    service_id uuid NOT NULL,
    site_id uuid NOT NULL,
    CONSTRAINT directory_serviceatlocation_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.directory_situation (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name jsonb NOT NULL,
    summary jsonb NOT NULL,
    icon character varying(20) NOT NULL,
    facts jsonb NOT NULL,
    urgent boolean NOT NULL,
    services character varying(80)[] NOT NULL,
    "position" smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT directory_situation_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.directory_situation_topics (
    id bigint NOT NULL,
    situation_id uuid NOT NULL,
    topic_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.directory_situation_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.directory_situation_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.directory_topic (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name jsonb NOT NULL,
    "position" smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT directory_topic_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.directory_webaddress (
    id uuid NOT NULL,
    url character varying(400) NOT NULL,
    checked_at timestamp with time zone,
    status smallint,
    fault character varying(40) NOT NULL,
    failures smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT directory_webaddress_failures_check CHECK ((failures >= 0)),
    CONSTRAINT directory_webaddress_status_check CHECK ((status >= 0))
);

CREATE TABLE public.directory_word (
    id uuid NOT NULL,
    word text NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messaging_message (
    id uuid NOT NULL,
    key character varying(120) NOT NULL,
    channel character varying(10) NOT NULL,
    address bytea NOT NULL,
    template character varying(30) NOT NULL,
    params jsonb NOT NULL,
    code bytea NOT NULL,
    language character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    attempts smallint NOT NULL,
    claimed_at timestamp with time zone,
    sent_at timestamp with time zone,
    error character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    expires_at timestamp with time zone,
    name bytea NOT NULL,
    organisation_id uuid,
    settled_by_id uuid,
    CONSTRAINT messaging_message_attempts_check CHECK ((attempts >= 0))
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.network_district (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(80) NOT NULL,
    "position" smallint NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT network_district_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.network_hotline (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name jsonb NOT NULL,
    phone character varying(40) NOT NULL,
    hours jsonb NOT NULL,
    "position" smallint NOT NULL,
    network_id uuid NOT NULL,
    closed_message jsonb NOT NULL,
    CONSTRAINT network_hotline_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.network_hotline_districts (
    id bigint NOT NULL,
    hotline_id uuid NOT NULL,
    district_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.network_hotline_districts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_hotline_districts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.network_locality (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(80) NOT NULL,
    district_id uuid NOT NULL,
    network_id uuid NOT NULL,
    latitude double precision,
    longitude double precision,
    outline jsonb NOT NULL,
    tile jsonb NOT NULL
);

CREATE TABLE public.network_membership (
    id uuid NOT NULL,
    roles character varying(20)[] NOT NULL,
    languages character varying(10)[] NOT NULL,
    topics character varying(40)[] NOT NULL,
    gender character varying(1) NOT NULL,
    ended_on date,
    user_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    last_day date,
    deadline_mails boolean NOT NULL
);

CREATE TABLE public.network_membership_districts (
    id bigint NOT NULL,
    membership_id uuid NOT NULL,
    district_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.network_membership_districts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_membership_districts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.network_network (
    id uuid NOT NULL,
    key character varying(50) NOT NULL,
    name jsonb NOT NULL,
    city character varying(100) NOT NULL,
    ags character varying(8) NOT NULL,
    timezone character varying(50) NOT NULL,
    holiday_country character varying(2) NOT NULL,
    holiday_subdivision character varying(3) NOT NULL,
    languages character varying(10)[] NOT NULL,
    emergency jsonb NOT NULL,
    is_demo boolean NOT NULL,
    rent_level jsonb NOT NULL,
    notices jsonb NOT NULL,
    frozen_at timestamp with time zone,
    closing_days jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE public.network_organisation (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(200) NOT NULL,
    short_name character varying(60) NOT NULL,
    kind character varying(30) NOT NULL,
    regime character varying(20) NOT NULL,
    is_member boolean NOT NULL,
    url character varying(400) NOT NULL,
    source jsonb NOT NULL,
    network_id uuid NOT NULL,
    description jsonb NOT NULL,
    email character varying(254) NOT NULL,
    imported boolean NOT NULL,
    kept jsonb NOT NULL,
    phones jsonb NOT NULL,
    edited boolean NOT NULL,
    privacy jsonb NOT NULL,
    truth jsonb DEFAULT '{}'::jsonb NOT NULL,
    review_on date
);

CREATE TABLE public.network_programme (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(200) NOT NULL,
    short_name character varying(40) NOT NULL,
    funder jsonb NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    target jsonb NOT NULL,
    target_group jsonb NOT NULL,
    budget_eur integer,
    note jsonb NOT NULL,
    source jsonb NOT NULL,
    network_id uuid NOT NULL,
    line character varying(40) NOT NULL,
    terms jsonb NOT NULL,
    CONSTRAINT network_programme_budget_eur_check CHECK ((budget_eur >= 0)),
    CONSTRAINT programme_ends_after_start CHECK ((ends >= starts))
);

CREATE TABLE public.network_programme_organisations (
    id bigint NOT NULL,
    programme_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.network_programme_organisations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_programme_organisations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.network_site (
    id uuid NOT NULL,
    key character varying(80) NOT NULL,
    name character varying(120) NOT NULL,
    street character varying(120) NOT NULL,
    number character varying(20) NOT NULL,
    postcode character varying(5) NOT NULL,
    step_free boolean,
    locality_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    city character varying(100) NOT NULL,
    imported boolean NOT NULL,
    kept jsonb NOT NULL,
    kind character varying(10) NOT NULL,
    latitude double precision,
    longitude double precision,
    transport jsonb NOT NULL,
    edited boolean NOT NULL,
    truth jsonb DEFAULT '{}'::jsonb NOT NULL,
    review_on date
);

CREATE TABLE public.network_streetrange (
    id uuid NOT NULL,
    street character varying(120) NOT NULL,
    from_number integer,
    to_number integer,
    side character varying(4) NOT NULL,
    source character varying(200) NOT NULL,
    locality_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT network_streetrange_from_number_check CHECK ((from_number >= 0)),
    CONSTRAINT network_streetrange_to_number_check CHECK ((to_number >= 0)),
    CONSTRAINT street_range_is_not_reversed CHECK (((to_number >= from_number) OR (to_number IS NULL)))
);

CREATE TABLE public.network_user (
    id uuid NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    email character varying(254) NOT NULL,
    first_name character varying(80) NOT NULL,
    last_name character varying(80) NOT NULL,
    is_active boolean NOT NULL
);

CREATE TABLE public.privacy_correction (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    field character varying(40) NOT NULL,
    before bytea NOT NULL,
    after bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    network_id uuid NOT NULL,
    request_id uuid NOT NULL,
    compartment_id uuid
);

CREATE TABLE public.privacy_deletion (
    id uuid NOT NULL,
    key character varying(20) NOT NULL,
    state character varying(10) NOT NULL,
    records integer NOT NULL,
    oldest_due_on date,
    counts jsonb NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    confirmed_by_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid,
    proposed_by_id uuid,
    CONSTRAINT deletion_by_hand_is_confirmed CHECK (((NOT ((state)::text = 'done'::text)) OR (proposed_by_id IS NULL) OR ((confirmed_by_id IS NOT NULL) AND (settled_at IS NOT NULL)))),
    CONSTRAINT nobody_confirms_their_own_deletion CHECK (((confirmed_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))),
    CONSTRAINT privacy_deletion_records_check CHECK ((records >= 0))
);

CREATE TABLE public.privacy_deletionitem (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    due_on date NOT NULL,
    deletion_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.privacy_hold (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    reason character varying(10) NOT NULL,
    until date NOT NULL,
    by_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);

CREATE TABLE public.privacy_journalentry (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    how character varying(10) NOT NULL,
    digest character varying(64) NOT NULL,
    day date NOT NULL,
    written_at timestamp with time zone,
    network_id uuid NOT NULL
);

CREATE TABLE public.privacy_redaction (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    object_id uuid NOT NULL,
    field character varying(40) NOT NULL,
    digest character varying(64) NOT NULL,
    network_id uuid NOT NULL,
    request_id uuid NOT NULL
);

CREATE TABLE public.privacy_request (
    id uuid NOT NULL,
    "right" character varying(12) NOT NULL,
    way character varying(10) NOT NULL,
    identity character varying(10) NOT NULL,
    wish bytea NOT NULL,
    received_on date NOT NULL,
    due_on date NOT NULL,
    extended_on date,
    extension bytea NOT NULL,
    state character varying(10) NOT NULL,
    result character varying(10) NOT NULL,
    answer bytea NOT NULL,
    answered_on date,
    reviewed character varying(64) NOT NULL,
    reviewed_at timestamp with time zone,
    idempotency_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    answered_by_id uuid,
    case_id uuid,
    contact_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid,
    taken_by_id uuid NOT NULL,
    CONSTRAINT answered_request_has_a_result CHECK ((((answered_on IS NULL) AND ((result)::text = ''::text) AND ((state)::text = 'open'::text)) OR ((answered_on IS NOT NULL) AND ((state)::text = 'answered'::text) AND (NOT ((result)::text = ''::text))))),
    CONSTRAINT privacy_request_due_after_receipt CHECK ((due_on >= received_on))
);

CREATE TABLE public.privacy_request_also (
    id bigint NOT NULL,
    request_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.privacy_request_also ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.privacy_request_also_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.privacy_restriction (
    id uuid NOT NULL,
    reason character varying(10) NOT NULL,
    since date NOT NULL,
    until date,
    lifted_on date,
    case_id uuid,
    contact_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT restriction_has_a_record CHECK (((case_id IS NOT NULL) OR (contact_id IS NOT NULL)))
);

CREATE TABLE public.privacy_retentionrule (
    id uuid NOT NULL,
    key character varying(20) NOT NULL,
    months smallint NOT NULL,
    automatic boolean NOT NULL,
    decided_on date NOT NULL,
    decided_by_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT privacy_retentionrule_months_check CHECK ((months >= 0)),
    CONSTRAINT retention_is_plausible CHECK (((months >= 1) AND (months <= 240)))
);

CREATE TABLE public.referrals_browser (
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    link_id uuid NOT NULL
);

CREATE TABLE public.referrals_line (
    id uuid NOT NULL,
    side character varying(10) NOT NULL,
    text bytea NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    request_key character varying(40) NOT NULL,
    author_id uuid,
    network_id uuid NOT NULL,
    referral_id uuid NOT NULL
);

CREATE TABLE public.referrals_link (
    id uuid NOT NULL,
    secret_hash character varying(64) NOT NULL,
    sealed bytea NOT NULL,
    mailed boolean NOT NULL,
    wrong smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    made_by_id uuid NOT NULL,
    network_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    CONSTRAINT referrals_link_wrong_check CHECK ((wrong >= 0))
);

CREATE TABLE public.referrals_referral (
    id uuid NOT NULL,
    to_words bytea NOT NULL,
    to_email bytea NOT NULL,
    topic character varying(40) NOT NULL,
    reason bytea NOT NULL,
    basis character varying(10) NOT NULL,
    urgency character varying(10) NOT NULL,
    reply_by date,
    groups character varying(20)[] NOT NULL,
    shared_groups character varying(20)[] NOT NULL,
    handed bytea NOT NULL,
    channel bytea NOT NULL,
    code bytea NOT NULL,
    state character varying(12) NOT NULL,
    refusal character varying(20) NOT NULL,
    outcome character varying(20) NOT NULL,
    requested_at timestamp with time zone,
    answered_at timestamp with time zone,
    came_at timestamp with time zone,
    ended_at timestamp with time zone,
    news_at timestamp with time zone,
    asks_person boolean NOT NULL,
    ask_hash character varying(64) NOT NULL,
    told character varying(10) NOT NULL,
    told_at timestamp with time zone,
    request_key character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    compartment_id uuid NOT NULL,
    key_id uuid,
    network_id uuid NOT NULL,
    person_id uuid,
    to_organisation_id uuid,
    to_service_id uuid,
    CONSTRAINT referral_ended_says_what_came_of_it CHECK (((((state)::text = ANY (ARRAY[('completed'::character varying)::text, ('failed'::character varying)::text])) AND (NOT ((outcome)::text = ''::text))) OR ((NOT ((state)::text = ANY (ARRAY[('completed'::character varying)::text, ('failed'::character varying)::text]))) AND ((outcome)::text = ''::text)))),
    CONSTRAINT referral_ended_says_when CHECK ((((ended_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('completed'::character varying)::text, ('failed'::character varying)::text, ('rejected'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('cancelled'::character varying)::text, ('completed'::character varying)::text, ('failed'::character varying)::text, ('rejected'::character varying)::text]))) AND (ended_at IS NULL)))),
    CONSTRAINT referral_groups_fit CHECK ((shared_groups <@ groups)),
    CONSTRAINT referral_rejected_says_why CHECK (((((state)::text = 'rejected'::text) AND (NOT ((refusal)::text = ''::text))) OR ((NOT ((state)::text = 'rejected'::text)) AND ((refusal)::text = ''::text)))),
    CONSTRAINT referral_sent_says_when CHECK ((((requested_at IS NULL) AND ((state)::text = 'draft'::text)) OR ((state)::text = 'cancelled'::text) OR ((key_id IS NOT NULL) AND (requested_at IS NOT NULL) AND (NOT ((state)::text = 'draft'::text))))),
    CONSTRAINT referral_told_says_when CHECK (((((told)::text = ''::text) AND (told_at IS NULL)) OR ((NOT ((told)::text = ''::text)) AND (told_at IS NOT NULL)))),
    CONSTRAINT referral_without_name_tells_nothing CHECK (((NOT ((basis)::text = 'anonymous'::text)) OR (groups = '{}'::character varying(20)[])))
);

CREATE TABLE public.referrals_referral_releases (
    id bigint NOT NULL,
    referral_id uuid NOT NULL,
    release_id uuid NOT NULL,
    network_id uuid DEFAULT (NULLIF(current_setting('tragnetz.network'::text, true), ''::text))::uuid NOT NULL
);

ALTER TABLE public.referrals_referral_releases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.referrals_referral_releases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.referrals_shared (
    id uuid NOT NULL,
    body bytea NOT NULL,
    network_id uuid NOT NULL,
    referral_id uuid NOT NULL
);

CREATE TABLE public.referrals_talk (
    id uuid NOT NULL,
    side character varying(10) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    place bytea NOT NULL,
    state character varying(10) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    network_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    CONSTRAINT answered_talk_says_when CHECK ((((answered_at IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (answered_at IS NOT NULL))))
);

CREATE TABLE public.reporting_answers (
    id uuid NOT NULL,
    moment character varying(10) NOT NULL,
    answers jsonb NOT NULL,
    answered_on date NOT NULL,
    author_id uuid,
    network_id uuid NOT NULL,
    participation_id uuid NOT NULL,
    correction character varying(8) DEFAULT ''::character varying NOT NULL,
    told_by character varying(5) DEFAULT 'staff'::character varying NOT NULL,
    CONSTRAINT answers_without_author_are_own CHECK (((author_id IS NOT NULL) OR (((correction)::text = ''::text) AND ((told_by)::text = ANY (ARRAY[('link'::character varying)::text, ('page'::character varying)::text]))))),
    CONSTRAINT only_own_answers_are_corrected CHECK ((((correction)::text = ''::text) OR (NOT ((told_by)::text = 'staff'::text))))
);

CREATE TABLE public.reporting_edition (
    id uuid NOT NULL,
    dataset character varying(12) NOT NULL,
    year smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    "values" jsonb NOT NULL,
    cells jsonb NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT reporting_edition_year_check CHECK ((year >= 0))
);

CREATE TABLE public.reporting_enddecision (
    id uuid NOT NULL,
    way character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    decided_on date NOT NULL,
    done_on date,
    request_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    asker_id uuid NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid NOT NULL,
    done_by_id uuid,
    network_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    referral_id uuid,
    to_programme_id uuid,
    CONSTRAINT end_decision_done_says_when_and_by_whom CHECK ((((done_by_id IS NOT NULL) AND (done_on IS NOT NULL) AND ((state)::text = 'done'::text)) OR ((done_by_id IS NULL) AND (done_on IS NULL) AND ((state)::text = 'decided'::text)) OR ((state)::text = 'replaced'::text))),
    CONSTRAINT end_decision_moves_to_a_project CHECK ((((to_programme_id IS NOT NULL) AND ((way)::text = 'moves'::text)) OR ((NOT ((way)::text = 'moves'::text)) AND (to_programme_id IS NULL)))),
    CONSTRAINT only_what_is_handed_has_a_referral CHECK ((((way)::text = 'handed'::text) OR (referral_id IS NULL)))
);

CREATE TABLE public.reporting_ownquestion (
    id uuid NOT NULL,
    moment character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    way character varying(10) NOT NULL,
    stop character varying(12) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    asked_on date NOT NULL,
    reminded_on date,
    expires_at timestamp with time zone NOT NULL,
    ended_on date,
    told jsonb NOT NULL,
    wants_help boolean NOT NULL,
    callback_id uuid,
    network_id uuid NOT NULL,
    participation_id uuid NOT NULL,
    task_id uuid,
    CONSTRAINT only_who_answers_tells CHECK ((((state)::text = ANY (ARRAY[('answered'::character varying)::text, ('refused'::character varying)::text])) OR ((told = '{}'::jsonb) AND (NOT wants_help)))),
    CONSTRAINT own_question_ended_says_when CHECK ((((ended_on IS NULL) AND ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('to_call'::character varying)::text]))) OR ((NOT ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('to_call'::character varying)::text]))) AND (ended_on IS NOT NULL)))),
    CONSTRAINT own_question_stopped_says_why CHECK (((((state)::text = 'stopped'::text) AND (NOT ((stop)::text = ''::text))) OR ((NOT ((state)::text = 'stopped'::text)) AND ((stop)::text = ''::text))))
);

CREATE TABLE public.reporting_participation (
    id uuid NOT NULL,
    pseudonym character varying(14) NOT NULL,
    family uuid NOT NULL,
    twin character varying(64) NOT NULL,
    children smallint NOT NULL,
    topic character varying(40) NOT NULL,
    gender character varying(10) NOT NULL,
    entered_on date NOT NULL,
    left_on date,
    leaving character varying(14) NOT NULL,
    is_countable boolean NOT NULL,
    codes character varying(6)[] NOT NULL,
    request_key character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    case_id uuid,
    district_id uuid,
    household_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid,
    programme_id uuid NOT NULL,
    apart_on date,
    faults character varying(3)[] NOT NULL,
    informed_on date,
    sound character varying(64) NOT NULL,
    bases character varying(6)[] NOT NULL,
    CONSTRAINT participation_ends_after_its_start CHECK (((((leaving)::text = ''::text) AND (left_on IS NULL)) OR ((left_on >= entered_on) AND (NOT ((leaving)::text = ''::text))))),
    CONSTRAINT reporting_participation_children_check CHECK ((children >= 0))
);

CREATE TABLE public.reporting_plannedquestion (
    id uuid NOT NULL,
    ask_on date NOT NULL,
    planned_on date NOT NULL,
    asker_id uuid NOT NULL,
    author_id uuid NOT NULL,
    network_id uuid NOT NULL,
    participation_id uuid NOT NULL,
    task_id uuid
);

CREATE TABLE public.reporting_projectshare (
    id uuid NOT NULL,
    percent smallint NOT NULL,
    weekly_minutes smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    keeps_sheet boolean NOT NULL,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    CONSTRAINT reporting_projectshare_percent_check CHECK ((percent >= 0)),
    CONSTRAINT reporting_projectshare_weekly_minutes_check CHECK ((weekly_minutes >= 0)),
    CONSTRAINT share_ends_after_start CHECK (((ends IS NULL) OR (ends >= starts))),
    CONSTRAINT share_is_a_percentage CHECK (((percent >= 1) AND (percent <= 100))),
    CONSTRAINT share_is_of_a_position CHECK (((weekly_minutes >= 60) AND (weekly_minutes <= 3600)))
);

CREATE TABLE public.reporting_sheet (
    id uuid NOT NULL,
    subject character varying(300) NOT NULL,
    body jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    asked_on date NOT NULL
);

CREATE TABLE public.reporting_snapshot (
    id uuid NOT NULL,
    number integer NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    rows integer NOT NULL,
    rows_sha character varying(64) NOT NULL,
    previous character varying(64) NOT NULL,
    chain character varying(64) NOT NULL,
    request_key character varying(64) NOT NULL,
    author_id uuid NOT NULL,
    network_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    erased_on date,
    counting jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT reporting_snapshot_number_check CHECK ((number >= 0)),
    CONSTRAINT reporting_snapshot_rows_check CHECK ((rows >= 0)),
    CONSTRAINT snapshot_ends_after_its_start CHECK ((last >= first))
);

CREATE TABLE public.reporting_snapshotrow (
    id uuid NOT NULL,
    pseudonym character varying(14) NOT NULL,
    family uuid NOT NULL,
    organisation character varying(80) NOT NULL,
    district character varying(80) NOT NULL,
    topic character varying(40) NOT NULL,
    gender character varying(10) NOT NULL,
    children smallint NOT NULL,
    entered_on date NOT NULL,
    left_on date,
    leaving character varying(14) NOT NULL,
    is_countable boolean NOT NULL,
    codes character varying(6)[] NOT NULL,
    bases character varying(6)[] NOT NULL,
    answers jsonb NOT NULL,
    exit_on date,
    later_on date,
    contacts integer NOT NULL,
    minutes integer NOT NULL,
    network_id uuid NOT NULL,
    snapshot_id uuid NOT NULL,
    CONSTRAINT reporting_snapshotrow_children_check CHECK ((children >= 0)),
    CONSTRAINT reporting_snapshotrow_contacts_check CHECK ((contacts >= 0)),
    CONSTRAINT reporting_snapshotrow_minutes_check CHECK ((minutes >= 0))
);

CREATE TABLE public.reporting_timeline (
    id uuid NOT NULL,
    day date NOT NULL,
    activity character varying(10) NOT NULL,
    minutes smallint NOT NULL,
    origin character varying(6) NOT NULL,
    network_id uuid NOT NULL,
    programme_id uuid,
    sheet_id uuid NOT NULL,
    CONSTRAINT line_lasts_a_day_at_most CHECK (((minutes >= 1) AND (minutes <= 1440))),
    CONSTRAINT reporting_timeline_minutes_check CHECK ((minutes >= 0))
);

CREATE TABLE public.reporting_timesheet (
    id uuid NOT NULL,
    month date NOT NULL,
    version smallint NOT NULL,
    state character varying(10) NOT NULL,
    correction character varying(300) NOT NULL,
    returned character varying(300) NOT NULL,
    signed_at timestamp with time zone,
    paper_approver character varying(120) NOT NULL,
    approved_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    approved_by_id uuid,
    membership_id uuid NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT nobody_approves_their_own_sheet CHECK ((NOT ((approved_by_id = membership_id) AND (approved_by_id IS NOT NULL)))),
    CONSTRAINT reporting_timesheet_version_check CHECK ((version >= 0)),
    CONSTRAINT sheet_is_of_a_month CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT sheet_is_signed_before_it_is_approved CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('returned'::character varying)::text])) OR ((signed_at IS NOT NULL) AND (((state)::text = 'signed'::text) OR (approved_at IS NOT NULL)))))
);

CREATE TABLE public.reporting_withdrawal (
    id uuid NOT NULL,
    pseudonym character varying(14) NOT NULL,
    instead character varying(14) NOT NULL,
    withdrawn_on date NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    CONSTRAINT nobody_is_withdrawn_into_themselves CHECK ((NOT ((instead)::text = (pseudonym)::text)))
);

CREATE TABLE public.screening_foreseen (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    benefit character varying(80) NOT NULL,
    month date NOT NULL,
    content bytea NOT NULL,
    state character varying(10) NOT NULL,
    reason character varying(10) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    settled_on date,
    told_on date,
    network_id uuid NOT NULL,
    settled_by_id uuid,
    outlook_id uuid NOT NULL,
    CONSTRAINT dismissed_foreseen_says_why CHECK (((((state)::text = 'dismissed'::text) OR ((reason)::text = ''::text)) AND (1 = (
CASE
    WHEN ((state)::text = 'dismissed'::text) THEN 1
    ELSE 0
END +
CASE
    WHEN ((reason)::text = ''::text) THEN 1
    ELSE 0
END)))),
    CONSTRAINT settled_foreseen_says_when_and_by_whom CHECK ((((settled_by_id IS NULL) AND (settled_on IS NULL) AND ((state)::text = ANY (ARRAY[('new'::character varying)::text, ('seen'::character varying)::text]))) OR ((settled_by_id IS NOT NULL) AND (settled_on IS NOT NULL) AND ((state)::text = ANY (ARRAY[('done'::character varying)::text, ('dismissed'::character varying)::text])))))
);

CREATE TABLE public.screening_outlook (
    id uuid NOT NULL,
    content bytea NOT NULL,
    based_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    looked_through character varying(80) NOT NULL,
    looked_at timestamp with time zone,
    is_readable boolean NOT NULL,
    household_id uuid NOT NULL,
    made_by_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.screening_record (
    id uuid NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    "on" date NOT NULL,
    law_of date NOT NULL,
    content bytea NOT NULL,
    household_id uuid NOT NULL,
    kept_by_id uuid NOT NULL,
    network_id uuid NOT NULL
);

CREATE TABLE public.screening_rulefile (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    name character varying(200) NOT NULL,
    text text NOT NULL,
    digest character varying(64) NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT screening_rulefile_position_check CHECK (("position" >= 0))
);

CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);

ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);

ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_bucket (
    id uuid NOT NULL,
    key character varying(64) NOT NULL,
    full_at timestamp with time zone NOT NULL
);

CREATE TABLE public.staff_invitation (
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    roles character varying(20)[] NOT NULL,
    languages character varying(10)[] NOT NULL,
    secret_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    invited_by_id uuid,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT invitation_is_accepted_or_withdrawn CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL)))
);

CREATE TABLE public.staff_remark (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    from_staff boolean NOT NULL,
    text bytea NOT NULL,
    expected bytea NOT NULL,
    reply_to bytea NOT NULL,
    page character varying(200) NOT NULL,
    route character varying(100) NOT NULL,
    language character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    answer bytea NOT NULL,
    settled_at timestamp with time zone,
    settled_by character varying(200) NOT NULL,
    network_id uuid NOT NULL,
    CONSTRAINT remark_is_settled_when_not_new CHECK ((((settled_at IS NULL) AND ((state)::text = 'new'::text)) OR ((NOT ((state)::text = 'new'::text)) AND (settled_at IS NOT NULL))))
);

CREATE TABLE public.staff_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL,
    signed_in_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    device character varying(60) NOT NULL,
    user_id uuid
);

CREATE TABLE public.vault_datakey (
    id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    network_id uuid NOT NULL
);

CREATE TABLE public.vault_keypair (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    role character varying(20) NOT NULL,
    owner_id uuid,
    public_key bytea NOT NULL,
    sealed_private bytea,
    salt bytea,
    memory_kib integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    network_id uuid NOT NULL,
    organisation_id uuid,
    user_id uuid,
    CONSTRAINT key_pair_has_its_holder CHECK (((((kind)::text = 'user'::text) AND (salt IS NOT NULL) AND (sealed_private IS NOT NULL) AND (user_id IS NOT NULL)) OR (((kind)::text = 'role'::text) AND (organisation_id IS NOT NULL) AND (sealed_private IS NULL)) OR (((kind)::text = 'recovery'::text) AND (organisation_id IS NOT NULL) AND (sealed_private IS NULL)) OR (((kind)::text = 'person'::text) AND (owner_id IS NOT NULL) AND (sealed_private IS NOT NULL)))),
    CONSTRAINT vault_keypair_memory_kib_check CHECK ((memory_kib >= 0))
);

CREATE TABLE public.vault_recoverysetup (
    id uuid NOT NULL,
    pair_id uuid NOT NULL,
    public_key bytea NOT NULL,
    wrapped bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    first_id uuid NOT NULL,
    network_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    second_id uuid NOT NULL,
    CONSTRAINT recovery_takes_two CHECK ((NOT (first_id = second_id)))
);

CREATE TABLE public.vault_recoveryuse (
    id uuid NOT NULL,
    letter character varying(1) NOT NULL,
    share bytea NOT NULL,
    reason bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    network_id uuid NOT NULL,
    pair_id uuid NOT NULL,
    user_id uuid NOT NULL
);

CREATE TABLE public.vault_wrappedkey (
    id uuid NOT NULL,
    wrapped bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    data_key_id uuid,
    holder_id uuid NOT NULL,
    network_id uuid NOT NULL,
    pair_id uuid,
    CONSTRAINT wrapped_key_is_of_one_kind CHECK ((((data_key_id IS NULL) AND (pair_id IS NOT NULL)) OR ((data_key_id IS NOT NULL) AND (pair_id IS NULL))))
);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_answers
    ADD CONSTRAINT answers_of_a_moment_stand_once UNIQUE (participation_id, moment);

ALTER TABLE ONLY public.casework_application
    ADD CONSTRAINT application_is_sent_once UNIQUE (coaching_id, request_key);

ALTER TABLE ONLY public.appointments_absence
    ADD CONSTRAINT appointments_absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_attendance
    ADD CONSTRAINT appointments_attendance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_session_id_key UNIQUE (session_id);

ALTER TABLE ONLY public.appointments_bookingpolicy
    ADD CONSTRAINT appointments_bookingpolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_calendarfeed
    ADD CONSTRAINT appointments_calendarfeed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_calendarfeed
    ADD CONSTRAINT appointments_calendarfeed_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.appointments_callattempt
    ADD CONSTRAINT appointments_callattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_closure
    ADD CONSTRAINT appointments_closure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_group
    ADD CONSTRAINT appointments_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_interpreter
    ADD CONSTRAINT appointments_interpreter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_interpreterassignment
    ADD CONSTRAINT appointments_interpreterassignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_lineduty
    ADD CONSTRAINT appointments_lineduty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_linepresence
    ADD CONSTRAINT appointments_linepresence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_registration
    ADD CONSTRAINT appointments_registration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_roster
    ADD CONSTRAINT appointments_roster_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_secrecydeclaration
    ADD CONSTRAINT appointments_secrecydeclaration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_session
    ADD CONSTRAINT appointments_session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_talklength
    ADD CONSTRAINT appointments_talklength_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_travel
    ADD CONSTRAINT appointments_travel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT appointments_waitingentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_workload
    ADD CONSTRAINT appointments_workload_membership_id_key UNIQUE (membership_id);

ALTER TABLE ONLY public.appointments_workload
    ADD CONSTRAINT appointments_workload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_attendance
    ADD CONSTRAINT attendance_once_a_date UNIQUE (session_id, registration_id);

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_sealedhead
    ADD CONSTRAINT audit_head_number_is_unique UNIQUE (network_id, number);

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_position_is_unique UNIQUE (network_id, "position");

ALTER TABLE ONLY public.audit_sealedhead
    ADD CONSTRAINT audit_sealedhead_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_verification
    ADD CONSTRAINT audit_verification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_authority
    ADD CONSTRAINT authority_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT booking_code_is_unique UNIQUE (network_id, code_hash);

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT booking_does_not_overlap EXCLUDE USING gist (tstzrange(starts_at, ends_at, '[)'::text) WITH &&, membership_id WITH =) WHERE ((NOT ((state)::text = 'cancelled'::text)));

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT booking_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.casework_careerentry
    ADD CONSTRAINT career_entry_is_added_once UNIQUE (coaching_id, request_key);

ALTER TABLE ONLY public.casework_careerskill
    ADD CONSTRAINT career_skill_is_added_once UNIQUE (coaching_id, request_key);

ALTER TABLE ONLY public.casework_application
    ADD CONSTRAINT casework_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_capacity
    ADD CONSTRAINT casework_capacity_membership_id_key UNIQUE (membership_id);

ALTER TABLE ONLY public.casework_capacity
    ADD CONSTRAINT casework_capacity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_careerentry
    ADD CONSTRAINT casework_careerentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_careerskill
    ADD CONSTRAINT casework_careerskill_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_enquiry_id_key UNIQUE (enquiry_id);

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_casecontact
    ADD CONSTRAINT casework_casecontact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_casepaper
    ADD CONSTRAINT casework_casepaper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_renews_id_key UNIQUE (renews_id);

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT casework_claimmove_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_closing
    ADD CONSTRAINT casework_closing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_coaching
    ADD CONSTRAINT casework_coaching_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT casework_compartment_key_id_key UNIQUE (key_id);

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT casework_compartment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT casework_coverletter_application_id_key UNIQUE (application_id);

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT casework_coverletter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_coverversion
    ADD CONSTRAINT casework_coverversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_deadline
    ADD CONSTRAINT casework_deadline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_booking_id_key UNIQUE (booking_id);

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_callback_id_key UNIQUE (callback_id);

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_registration_id_key UNIQUE (registration_id);

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_waiting_id_key UNIQUE (waiting_id);

ALTER TABLE ONLY public.casework_feedback
    ADD CONSTRAINT casework_feedback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_filechunk
    ADD CONSTRAINT casework_filechunk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_goal
    ADD CONSTRAINT casework_goal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_goalreview
    ADD CONSTRAINT casework_goalreview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_handover
    ADD CONSTRAINT casework_handover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT casework_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT casework_lettersending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_letterversion
    ADD CONSTRAINT casework_letterversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_letterwording
    ADD CONSTRAINT casework_letterwording_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_lifeevent
    ADD CONSTRAINT casework_lifeevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_pair_id_key UNIQUE (pair_id);

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT casework_ownmessage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_ownsession
    ADD CONSTRAINT casework_ownsession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT casework_placement_application_id_key UNIQUE (application_id);

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT casework_placement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_plantaking
    ADD CONSTRAINT casework_plantaking_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_rating
    ADD CONSTRAINT casework_rating_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_ratingline
    ADD CONSTRAINT casework_ratingline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_resume
    ADD CONSTRAINT casework_resume_coaching_id_key UNIQUE (coaching_id);

ALTER TABLE ONLY public.casework_resume
    ADD CONSTRAINT casework_resume_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_step
    ADD CONSTRAINT casework_step_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_texttemplate
    ADD CONSTRAINT casework_texttemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_tie
    ADD CONSTRAINT casework_tie_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_citytext
    ADD CONSTRAINT city_text_version_is_unique UNIQUE NULLS NOT DISTINCT (network_id, use, purpose, regime, organisation_id, version);

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT claim_move_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_household
    ADD CONSTRAINT clients_household_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_contact_id_key UNIQUE (contact_id);

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_person
    ADD CONSTRAINT clients_person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_takeaway
    ADD CONSTRAINT clients_takeaway_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.config_taskrun
    ADD CONSTRAINT config_taskrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_citytext
    ADD CONSTRAINT consent_citytext_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_consent_recipients
    ADD CONSTRAINT consent_consent_recipien_consent_id_organisation__05d452a2_uniq UNIQUE (consent_id, organisation_id);

ALTER TABLE ONLY public.consent_consent_recipients
    ADD CONSTRAINT consent_consent_recipients_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_releasespeaker
    ADD CONSTRAINT consent_releasespeaker_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.casework_casecontact
    ADD CONSTRAINT contact_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT cover_letter_is_begun_once UNIQUE (coaching_id, request_key);

ALTER TABLE ONLY public.casework_coverversion
    ADD CONSTRAINT cover_version_has_a_number UNIQUE (letter_id, number);

ALTER TABLE ONLY public.directory_authority
    ADD CONSTRAINT directory_authority_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_confirmationlink
    ADD CONSTRAINT directory_confirmationlink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_confirmationlink
    ADD CONSTRAINT directory_confirmationlink_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_pkey PRIMARY KEY (network_id);

ALTER TABLE ONLY public.directory_examplehousehold
    ADD CONSTRAINT directory_examplehousehold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_office_districts
    ADD CONSTRAINT directory_office_districts_office_id_district_id_4d111d3f_uniq UNIQUE (office_id, district_id);

ALTER TABLE ONLY public.directory_office_districts
    ADD CONSTRAINT directory_office_districts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT directory_office_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_paper
    ADD CONSTRAINT directory_paper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_report
    ADD CONSTRAINT directory_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_searchgap
    ADD CONSTRAINT directory_searchgap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_service_districts
    ADD CONSTRAINT directory_service_distri_service_id_district_id_d03ed283_uniq UNIQUE (service_id, district_id);

ALTER TABLE ONLY public.directory_service_districts
    ADD CONSTRAINT directory_service_districts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_service_papers
    ADD CONSTRAINT directory_service_papers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_service_papers
    ADD CONSTRAINT directory_service_papers_service_id_paper_id_3f8e465e_uniq UNIQUE (service_id, paper_id);

ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_service_topics
    ADD CONSTRAINT directory_service_topics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_service_topics
    ADD CONSTRAINT directory_service_topics_service_id_topic_id_b4e16c69_uniq UNIQUE (service_id, topic_id);

ALTER TABLE ONLY public.directory_serviceatlocation
    ADD CONSTRAINT directory_serviceatlocation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_situation
    ADD CONSTRAINT directory_situation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_situation_topics
    ADD CONSTRAINT directory_situation_topics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_situation_topics
    ADD CONSTRAINT directory_situation_topics_situation_id_topic_id_f604b0f1_uniq UNIQUE (situation_id, topic_id);

ALTER TABLE ONLY public.directory_topic
    ADD CONSTRAINT directory_topic_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_webaddress
    ADD CONSTRAINT directory_webaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_word
    ADD CONSTRAINT directory_word_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_district
    ADD CONSTRAINT district_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.casework_ratingline
    ADD CONSTRAINT domain_is_rated_once UNIQUE (rating_id, domain);

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT end_decision_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT enquiry_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.directory_examplehousehold
    ADD CONSTRAINT example_household_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT file_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.screening_foreseen
    ADD CONSTRAINT foreseen_stands_once UNIQUE (outlook_id, kind, benefit, month);

ALTER TABLE ONLY public.appointments_group
    ADD CONSTRAINT group_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.network_hotline
    ADD CONSTRAINT hotline_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT letter_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT letter_sending_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.casework_letterversion
    ADD CONSTRAINT letter_version_is_unique UNIQUE (letter_id, number);

ALTER TABLE ONLY public.casework_letterwording
    ADD CONSTRAINT letter_wording_number_is_unique UNIQUE (organisation_id, kind, sender, number);

ALTER TABLE ONLY public.network_locality
    ADD CONSTRAINT locality_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.messaging_message
    ADD CONSTRAINT message_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.messaging_message
    ADD CONSTRAINT messaging_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_district
    ADD CONSTRAINT network_district_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_hotline_districts
    ADD CONSTRAINT network_hotline_districts_hotline_id_district_id_9d7e9a7e_uniq UNIQUE (hotline_id, district_id);

ALTER TABLE ONLY public.network_hotline_districts
    ADD CONSTRAINT network_hotline_districts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_hotline
    ADD CONSTRAINT network_hotline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_locality
    ADD CONSTRAINT network_locality_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_membership_districts
    ADD CONSTRAINT network_membership_distr_membership_id_district_i_a16f935e_uniq UNIQUE (membership_id, district_id);

ALTER TABLE ONLY public.network_membership_districts
    ADD CONSTRAINT network_membership_districts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_membership
    ADD CONSTRAINT network_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_network
    ADD CONSTRAINT network_network_key_key UNIQUE (key);

ALTER TABLE ONLY public.network_network
    ADD CONSTRAINT network_network_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_organisation
    ADD CONSTRAINT network_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_programme_organisations
    ADD CONSTRAINT network_programme_organi_programme_id_organisatio_e21a6308_uniq UNIQUE (programme_id, organisation_id);

ALTER TABLE ONLY public.network_programme_organisations
    ADD CONSTRAINT network_programme_organisations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_programme
    ADD CONSTRAINT network_programme_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_site
    ADD CONSTRAINT network_site_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_streetrange
    ADD CONSTRAINT network_streetrange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_user
    ADD CONSTRAINT network_user_email_key UNIQUE (email);

ALTER TABLE ONLY public.network_user
    ADD CONSTRAINT network_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT notice_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT office_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.appointments_bookingpolicy
    ADD CONSTRAINT one_booking_policy UNIQUE (network_id);

ALTER TABLE ONLY public.casework_coaching
    ADD CONSTRAINT one_coaching_of_a_person UNIQUE (case_id, person_id);

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT one_compartment_of_a_case_per_person UNIQUE NULLS NOT DISTINCT (case_id, person_id);

ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT one_interview_at_a_time UNIQUE (application_id, starts_at);

ALTER TABLE ONLY public.network_membership
    ADD CONSTRAINT one_membership_per_organisation UNIQUE (network_id, user_id, organisation_id);

ALTER TABLE ONLY public.vault_recoverysetup
    ADD CONSTRAINT one_recovery_setup_at_a_time UNIQUE (organisation_id);

ALTER TABLE ONLY public.vault_recoveryuse
    ADD CONSTRAINT one_recovery_use_at_a_time UNIQUE (pair_id);

ALTER TABLE ONLY public.privacy_retentionrule
    ADD CONSTRAINT one_retention_rule_a_class UNIQUE (organisation_id, key);

ALTER TABLE ONLY public.reporting_edition
    ADD CONSTRAINT open_data_is_published_once UNIQUE (network_id, dataset, year);

ALTER TABLE ONLY public.network_organisation
    ADD CONSTRAINT organisation_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT own_access_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT own_message_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.reporting_ownquestion
    ADD CONSTRAINT own_question_is_asked_once UNIQUE (participation_id, moment);

ALTER TABLE ONLY public.directory_paper
    ADD CONSTRAINT paper_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT participation_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.privacy_redaction
    ADD CONSTRAINT passage_is_redacted_once UNIQUE (request_id, kind, object_id, field, digest);

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT person_takes_part_once UNIQUE (programme_id, person_id);

ALTER TABLE ONLY public.casework_filechunk
    ADD CONSTRAINT piece_of_a_file_is_there_once UNIQUE (file_id, number);

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT placement_begins_once UNIQUE (coaching_id, request_key);

ALTER TABLE ONLY public.casework_plantaking
    ADD CONSTRAINT plan_is_taken_over_once UNIQUE (case_id, request_key);

ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_deletion
    ADD CONSTRAINT privacy_deletion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_deletionitem
    ADD CONSTRAINT privacy_deletionitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_journalentry
    ADD CONSTRAINT privacy_journalentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_redaction
    ADD CONSTRAINT privacy_redaction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_request_also
    ADD CONSTRAINT privacy_request_also_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_request_also
    ADD CONSTRAINT privacy_request_also_request_id_contact_id_a47b3288_uniq UNIQUE (request_id, contact_id);

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_restriction
    ADD CONSTRAINT privacy_restriction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_retentionrule
    ADD CONSTRAINT privacy_retentionrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.network_programme
    ADD CONSTRAINT programme_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT pseudonym_is_unique UNIQUE (network_id, pseudonym);

ALTER TABLE ONLY public.reporting_withdrawal
    ADD CONSTRAINT pseudonym_is_withdrawn_once UNIQUE (network_id, pseudonym);

ALTER TABLE ONLY public.casework_rating
    ADD CONSTRAINT rating_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT record_is_held_once UNIQUE (network_id, kind, object_id);

ALTER TABLE ONLY public.privacy_deletionitem
    ADD CONSTRAINT record_is_proposed_once UNIQUE (network_id, kind, object_id);

ALTER TABLE ONLY public.referrals_line
    ADD CONSTRAINT referral_line_request_is_unique UNIQUE (referral_id, request_key);

ALTER TABLE ONLY public.referrals_link
    ADD CONSTRAINT referral_link_secret_is_unique UNIQUE (secret_hash);

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referral_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.referrals_browser
    ADD CONSTRAINT referrals_browser_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referrals_line
    ADD CONSTRAINT referrals_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referrals_link
    ADD CONSTRAINT referrals_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_key_id_key UNIQUE (key_id);

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referrals_referral_releases
    ADD CONSTRAINT referrals_referral_relea_referral_id_release_id_b4e050b6_uniq UNIQUE (referral_id, release_id);

ALTER TABLE ONLY public.referrals_referral_releases
    ADD CONSTRAINT referrals_referral_releases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referrals_shared
    ADD CONSTRAINT referrals_shared_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referrals_shared
    ADD CONSTRAINT referrals_shared_referral_id_key UNIQUE (referral_id);

ALTER TABLE ONLY public.referrals_talk
    ADD CONSTRAINT referrals_talk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointments_registration
    ADD CONSTRAINT registration_code_is_unique UNIQUE (network_id, code_hash);

ALTER TABLE ONLY public.appointments_registration
    ADD CONSTRAINT registration_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT release_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.reporting_answers
    ADD CONSTRAINT reporting_answers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_edition
    ADD CONSTRAINT reporting_edition_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_ownquestion
    ADD CONSTRAINT reporting_ownquestion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedquestion_participation_id_key UNIQUE (participation_id);

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedquestion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_projectshare
    ADD CONSTRAINT reporting_projectshare_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_sheet
    ADD CONSTRAINT reporting_sheet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_snapshot
    ADD CONSTRAINT reporting_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_snapshotrow
    ADD CONSTRAINT reporting_snapshotrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_timeline
    ADD CONSTRAINT reporting_timeline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_timesheet
    ADD CONSTRAINT reporting_timesheet_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_withdrawal
    ADD CONSTRAINT reporting_withdrawal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT revision_number_is_unique UNIQUE (network_id, subject, key, number);

ALTER TABLE ONLY public.screening_rulefile
    ADD CONSTRAINT rule_file_position_is_unique UNIQUE (network_id, "position");

ALTER TABLE ONLY public.screening_foreseen
    ADD CONSTRAINT screening_foreseen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.screening_outlook
    ADD CONSTRAINT screening_outlook_household_id_key UNIQUE (household_id);

ALTER TABLE ONLY public.screening_outlook
    ADD CONSTRAINT screening_outlook_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.screening_record
    ADD CONSTRAINT screening_record_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.screening_rulefile
    ADD CONSTRAINT screening_rulefile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_searchgap
    ADD CONSTRAINT search_gap_is_unique UNIQUE (network_id, language, words);

ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT service_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.reporting_sheet
    ADD CONSTRAINT sheet_subject_is_unique UNIQUE (network_id, subject);

ALTER TABLE ONLY public.network_site
    ADD CONSTRAINT site_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.directory_situation
    ADD CONSTRAINT situation_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.reporting_snapshotrow
    ADD CONSTRAINT snapshot_has_each_person_once UNIQUE (snapshot_id, pseudonym);

ALTER TABLE ONLY public.reporting_snapshot
    ADD CONSTRAINT snapshot_number_is_unique UNIQUE (network_id, number);

ALTER TABLE ONLY public.reporting_snapshot
    ADD CONSTRAINT snapshot_request_is_unique UNIQUE (network_id, request_key);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);

ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_releasespeaker
    ADD CONSTRAINT speaker_stands_once UNIQUE NULLS NOT DISTINCT (release_id, organisation_id, membership_id);

ALTER TABLE ONLY public.staff_bucket
    ADD CONSTRAINT staff_bucket_key_key UNIQUE (key);

ALTER TABLE ONLY public.staff_bucket
    ADD CONSTRAINT staff_bucket_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_invitation
    ADD CONSTRAINT staff_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_invitation
    ADD CONSTRAINT staff_invitation_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.staff_remark
    ADD CONSTRAINT staff_remark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.clients_takeaway
    ADD CONSTRAINT takeaway_code_is_unique UNIQUE (network_id, code_hash);

ALTER TABLE ONLY public.appointments_talklength
    ADD CONSTRAINT talk_length_is_unique UNIQUE (network_id, kind);

ALTER TABLE ONLY public.config_taskrun
    ADD CONSTRAINT task_runs_once_a_network UNIQUE (network_id, name);

ALTER TABLE ONLY public.casework_texttemplate
    ADD CONSTRAINT text_template_title_is_unique UNIQUE (organisation_id, kind, title);

ALTER TABLE ONLY public.casework_tie
    ADD CONSTRAINT tie_is_made_once UNIQUE (case_id, request_key);

ALTER TABLE ONLY public.directory_topic
    ADD CONSTRAINT topic_key_is_unique UNIQUE (network_id, key);

ALTER TABLE ONLY public.appointments_travel
    ADD CONSTRAINT travel_is_unique UNIQUE (site_id, other_id);

ALTER TABLE ONLY public.vault_datakey
    ADD CONSTRAINT vault_datakey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vault_keypair
    ADD CONSTRAINT vault_keypair_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vault_recoverysetup
    ADD CONSTRAINT vault_recoverysetup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vault_recoveryuse
    ADD CONSTRAINT vault_recoveryuse_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vault_wrappedkey
    ADD CONSTRAINT vault_wrappedkey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_timesheet
    ADD CONSTRAINT version_of_a_sheet_is_unique UNIQUE (membership_id, month, version);

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT waiting_code_is_unique UNIQUE (network_id, code_hash);

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT waiting_request_is_unique UNIQUE (network_id, idempotency_key);

ALTER TABLE ONLY public.directory_webaddress
    ADD CONSTRAINT web_address_is_unique UNIQUE (network_id, url);

ALTER TABLE ONLY public.directory_word
    ADD CONSTRAINT word_is_unique UNIQUE (network_id, word);

CREATE INDEX absence_by_person ON public.appointments_absence USING btree (membership_id, starts_at);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX application_by_coaching ON public.casework_application USING btree (coaching_id, sent_on DESC);

CREATE INDEX appointments_absence_deputy_id_a59b4e3a ON public.appointments_absence USING btree (deputy_id);

CREATE INDEX appointments_absence_membership_id_0b5bc7fc ON public.appointments_absence USING btree (membership_id);

CREATE INDEX appointments_absence_network_id_c024f171 ON public.appointments_absence USING btree (network_id);

CREATE INDEX appointments_attendance_marked_by_id_416e4119 ON public.appointments_attendance USING btree (marked_by_id);

CREATE INDEX appointments_attendance_network_id_0cbfc929 ON public.appointments_attendance USING btree (network_id);

CREATE INDEX appointments_attendance_registration_id_3e18e8e4 ON public.appointments_attendance USING btree (registration_id);

CREATE INDEX appointments_attendance_session_id_678d1d33 ON public.appointments_attendance USING btree (session_id);

CREATE INDEX appointments_booking_contact_id_ca8d714e ON public.appointments_booking USING btree (contact_id);

CREATE INDEX appointments_booking_membership_id_e4e4c1bb ON public.appointments_booking USING btree (membership_id);

CREATE INDEX appointments_booking_network_id_09fe2990 ON public.appointments_booking USING btree (network_id);

CREATE INDEX appointments_booking_replaces_id_c26f7496 ON public.appointments_booking USING btree (replaces_id);

CREATE INDEX appointments_booking_site_id_fc92801d ON public.appointments_booking USING btree (site_id);

CREATE INDEX appointments_booking_waiting_id_4b0263fb ON public.appointments_booking USING btree (waiting_id);

CREATE UNIQUE INDEX appointments_booking_with_network ON public.appointments_booking USING btree (id, network_id);

CREATE INDEX appointments_bookingpolicy_network_id_2aa7ebb5 ON public.appointments_bookingpolicy USING btree (network_id);

CREATE INDEX appointments_calendarfeed_membership_id_1a9af18c ON public.appointments_calendarfeed USING btree (membership_id);

CREATE INDEX appointments_calendarfeed_network_id_ae77c261 ON public.appointments_calendarfeed USING btree (network_id);

CREATE INDEX appointments_calendarfeed_secret_hash_12ee0b30_like ON public.appointments_calendarfeed USING btree (secret_hash varchar_pattern_ops);

CREATE INDEX appointments_callattempt_callback_id_de2e6c97 ON public.appointments_callattempt USING btree (callback_id);

CREATE INDEX appointments_callattempt_membership_id_3dd18bd1 ON public.appointments_callattempt USING btree (membership_id);

CREATE INDEX appointments_callattempt_network_id_2426ca74 ON public.appointments_callattempt USING btree (network_id);

CREATE INDEX appointments_callback_contact_id_cb9dd881 ON public.appointments_callback USING btree (contact_id);

CREATE INDEX appointments_callback_district_id_55437df0 ON public.appointments_callback USING btree (district_id);

CREATE INDEX appointments_callback_network_id_8327c857 ON public.appointments_callback USING btree (network_id);

CREATE INDEX appointments_callback_organisation_id_2767a70a ON public.appointments_callback USING btree (organisation_id);

CREATE INDEX appointments_callback_taken_by_id_0f7f7784 ON public.appointments_callback USING btree (taken_by_id);

CREATE UNIQUE INDEX appointments_callback_with_network ON public.appointments_callback USING btree (id, network_id);

CREATE INDEX appointments_closure_network_id_20995420 ON public.appointments_closure USING btree (network_id);

CREATE INDEX appointments_closure_organisation_id_7184ae16 ON public.appointments_closure USING btree (organisation_id);

CREATE INDEX appointments_closure_site_id_a60e10eb ON public.appointments_closure USING btree (site_id);

CREATE INDEX appointments_group_key_a453a7f0 ON public.appointments_group USING btree (key);

CREATE INDEX appointments_group_key_a453a7f0_like ON public.appointments_group USING btree (key varchar_pattern_ops);

CREATE INDEX appointments_group_network_id_7692d787 ON public.appointments_group USING btree (network_id);

CREATE INDEX appointments_group_organisation_id_d33a9b19 ON public.appointments_group USING btree (organisation_id);

CREATE INDEX appointments_group_programme_id_8c3c163e ON public.appointments_group USING btree (programme_id);

CREATE UNIQUE INDEX appointments_group_with_network ON public.appointments_group USING btree (id, network_id);

CREATE INDEX appointments_interpreter_network_id_3f23f43a ON public.appointments_interpreter USING btree (network_id);

CREATE INDEX appointments_interpreter_organisation_id_3e8a3357 ON public.appointments_interpreter USING btree (organisation_id);

CREATE UNIQUE INDEX appointments_interpreter_with_network ON public.appointments_interpreter USING btree (id, network_id);

CREATE INDEX appointments_interpreterassignment_asked_by_id_9c213840 ON public.appointments_interpreterassignment USING btree (asked_by_id);

CREATE INDEX appointments_interpreterassignment_booking_id_269750ef ON public.appointments_interpreterassignment USING btree (booking_id);

CREATE INDEX appointments_interpreterassignment_declaration_id_982bc843 ON public.appointments_interpreterassignment USING btree (declaration_id);

CREATE INDEX appointments_interpreterassignment_interpreter_id_da88ed04 ON public.appointments_interpreterassignment USING btree (interpreter_id);

CREATE INDEX appointments_interpreterassignment_network_id_d7e123d8 ON public.appointments_interpreterassignment USING btree (network_id);

CREATE INDEX appointments_lineduty_hotline_id_500ccec6 ON public.appointments_lineduty USING btree (hotline_id);

CREATE INDEX appointments_lineduty_membership_id_dddfa981 ON public.appointments_lineduty USING btree (membership_id);

CREATE INDEX appointments_lineduty_network_id_5405d784 ON public.appointments_lineduty USING btree (network_id);

CREATE INDEX appointments_linepresence_hotline_id_c66dbfbd ON public.appointments_linepresence USING btree (hotline_id);

CREATE INDEX appointments_linepresence_membership_id_190bd110 ON public.appointments_linepresence USING btree (membership_id);

CREATE INDEX appointments_linepresence_network_id_22513b34 ON public.appointments_linepresence USING btree (network_id);

CREATE INDEX appointments_registration_contact_id_6c620319 ON public.appointments_registration USING btree (contact_id);

CREATE INDEX appointments_registration_group_id_95b2879b ON public.appointments_registration USING btree (group_id);

CREATE INDEX appointments_registration_network_id_df68da21 ON public.appointments_registration USING btree (network_id);

CREATE UNIQUE INDEX appointments_registration_with_network ON public.appointments_registration USING btree (id, network_id);

CREATE INDEX appointments_roster_membership_id_4a437f9e ON public.appointments_roster USING btree (membership_id);

CREATE INDEX appointments_roster_network_id_50a4107c ON public.appointments_roster USING btree (network_id);

CREATE INDEX appointments_roster_site_id_804c0415 ON public.appointments_roster USING btree (site_id);

CREATE INDEX appointments_secrecydeclaration_interpreter_id_117f0d88 ON public.appointments_secrecydeclaration USING btree (interpreter_id);

CREATE INDEX appointments_secrecydeclaration_network_id_972b95f4 ON public.appointments_secrecydeclaration USING btree (network_id);

CREATE INDEX appointments_secrecydeclaration_recorded_by_id_b315d6d1 ON public.appointments_secrecydeclaration USING btree (recorded_by_id);

CREATE UNIQUE INDEX appointments_secrecydeclaration_with_network ON public.appointments_secrecydeclaration USING btree (id, network_id);

CREATE INDEX appointments_session_group_id_429a0881 ON public.appointments_session USING btree (group_id);

CREATE INDEX appointments_session_leader_id_cf26d760 ON public.appointments_session USING btree (leader_id);

CREATE INDEX appointments_session_network_id_f7620e5f ON public.appointments_session USING btree (network_id);

CREATE INDEX appointments_session_site_id_6ae1de57 ON public.appointments_session USING btree (site_id);

CREATE UNIQUE INDEX appointments_session_with_network ON public.appointments_session USING btree (id, network_id);

CREATE INDEX appointments_talklength_network_id_9486ff4d ON public.appointments_talklength USING btree (network_id);

CREATE INDEX appointments_travel_network_id_92e3d4f2 ON public.appointments_travel USING btree (network_id);

CREATE INDEX appointments_travel_other_id_8c84c8f6 ON public.appointments_travel USING btree (other_id);

CREATE INDEX appointments_travel_site_id_ee0466ef ON public.appointments_travel USING btree (site_id);

CREATE INDEX appointments_waitingentry_contact_id_effbeafa ON public.appointments_waitingentry USING btree (contact_id);

CREATE INDEX appointments_waitingentry_district_id_e0e7c3fb ON public.appointments_waitingentry USING btree (district_id);

CREATE INDEX appointments_waitingentry_membership_id_09cc07c5 ON public.appointments_waitingentry USING btree (membership_id);

CREATE INDEX appointments_waitingentry_network_id_2ce35649 ON public.appointments_waitingentry USING btree (network_id);

CREATE INDEX appointments_waitingentry_organisation_id_c10ef54c ON public.appointments_waitingentry USING btree (organisation_id);

CREATE UNIQUE INDEX appointments_waitingentry_with_network ON public.appointments_waitingentry USING btree (id, network_id);

CREATE INDEX appointments_workload_deputy_id_3d494fd6 ON public.appointments_workload USING btree (deputy_id);

CREATE INDEX appointments_workload_network_id_18ecb5ff ON public.appointments_workload USING btree (network_id);

CREATE INDEX assignment_live ON public.appointments_interpreterassignment USING btree (interpreter_id) WHERE ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('confirmed'::character varying)::text]));

CREATE INDEX audit_by_object ON public.audit_event USING btree (object_id, at);

CREATE INDEX audit_by_organisation ON public.audit_event USING btree (organisation_id, at DESC);

CREATE INDEX audit_event_network_id_c0c774c8 ON public.audit_event USING btree (network_id);

CREATE INDEX audit_sealedhead_network_id_8ad86045 ON public.audit_sealedhead USING btree (network_id);

CREATE INDEX audit_unchained ON public.audit_event USING btree (network_id, id) WHERE ("position" IS NULL);

CREATE INDEX audit_verification_network_id_7f6cc47d ON public.audit_verification USING btree (network_id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX booking_by_day ON public.appointments_booking USING btree (network_id, starts_at);

CREATE INDEX booking_by_person ON public.appointments_booking USING btree (membership_id, starts_at);

CREATE INDEX booking_held ON public.appointments_booking USING btree (held_until) WHERE ((state)::text = 'held'::text);

CREATE INDEX booking_interpreted ON public.appointments_booking USING btree (starts_at) WHERE (interpreter AND ((state)::text = 'booked'::text));

CREATE INDEX booking_of_series ON public.appointments_booking USING btree (series) WHERE (NOT (series IS NULL));

CREATE INDEX callback_about ON public.appointments_callback USING btree (about_id) WHERE (about_id IS NOT NULL);

CREATE INDEX callback_open ON public.appointments_callback USING btree (organisation_id, promised_until) WHERE ((state)::text = 'open'::text);

CREATE INDEX case_by_counsellor ON public.casework_case USING btree (counsellor_id, state, opened_on DESC);

CREATE UNIQUE INDEX case_is_closed_once_at_a_time ON public.casework_closing USING btree (case_id) WHERE (reopened_on IS NULL);

CREATE INDEX case_keys_due ON public.casework_case USING btree (organisation_id) WHERE keys_due;

CREATE INDEX case_paper_by_case ON public.casework_casepaper USING btree (case_id, changed_at);

CREATE INDEX casework_application_coaching_id_c72f9914 ON public.casework_application USING btree (coaching_id);

CREATE INDEX casework_application_compartment_id_0d8f8130 ON public.casework_application USING btree (compartment_id);

CREATE INDEX casework_application_network_id_74c142fa ON public.casework_application USING btree (network_id);

CREATE UNIQUE INDEX casework_application_with_network ON public.casework_application USING btree (id, network_id);

CREATE INDEX casework_capacity_network_id_785af3f3 ON public.casework_capacity USING btree (network_id);

CREATE INDEX casework_careerentry_coaching_id_5c5f48e4 ON public.casework_careerentry USING btree (coaching_id);

CREATE INDEX casework_careerentry_compartment_id_6e4f987b ON public.casework_careerentry USING btree (compartment_id);

CREATE INDEX casework_careerentry_network_id_3338af3f ON public.casework_careerentry USING btree (network_id);

CREATE INDEX casework_careerskill_coaching_id_4c0217d8 ON public.casework_careerskill USING btree (coaching_id);

CREATE INDEX casework_careerskill_compartment_id_736fc533 ON public.casework_careerskill USING btree (compartment_id);

CREATE INDEX casework_careerskill_network_id_a80dd659 ON public.casework_careerskill USING btree (network_id);

CREATE INDEX casework_case_contact_id_8eb1c43a ON public.casework_case USING btree (contact_id);

CREATE INDEX casework_case_counsellor_id_200bf8a8 ON public.casework_case USING btree (counsellor_id);

CREATE INDEX casework_case_deputy_id_1d4a73de ON public.casework_case USING btree (deputy_id);

CREATE INDEX casework_case_household_id_18bbca63 ON public.casework_case USING btree (household_id);

CREATE INDEX casework_case_merged_into_id_2982c277 ON public.casework_case USING btree (merged_into_id);

CREATE INDEX casework_case_network_id_b8ec810a ON public.casework_case USING btree (network_id);

CREATE INDEX casework_case_organisation_id_566db4dd ON public.casework_case USING btree (organisation_id);

CREATE INDEX casework_case_programme_id_87a4f4f0 ON public.casework_case USING btree (programme_id);

CREATE UNIQUE INDEX casework_case_with_network ON public.casework_case USING btree (id, network_id);

CREATE INDEX casework_casecontact_author_id_3d71451e ON public.casework_casecontact USING btree (author_id);

CREATE INDEX casework_casecontact_case_id_b2b319b1 ON public.casework_casecontact USING btree (case_id);

CREATE INDEX casework_casecontact_compartment_id_3c6f23ef ON public.casework_casecontact USING btree (compartment_id);

CREATE INDEX casework_casecontact_network_id_d4556880 ON public.casework_casecontact USING btree (network_id);

CREATE UNIQUE INDEX casework_casecontact_with_network ON public.casework_casecontact USING btree (id, network_id);

CREATE INDEX casework_casefile_author_id_9fb447cb ON public.casework_casefile USING btree (author_id);

CREATE INDEX casework_casefile_case_id_3308cae0 ON public.casework_casefile USING btree (case_id);

CREATE INDEX casework_casefile_compartment_id_46e1f824 ON public.casework_casefile USING btree (compartment_id);

CREATE INDEX casework_casefile_deadline_id_615601cb ON public.casework_casefile USING btree (deadline_id);

CREATE INDEX casework_casefile_network_id_0e0496fc ON public.casework_casefile USING btree (network_id);

CREATE INDEX casework_casefile_seen_by_id_4b8a5919 ON public.casework_casefile USING btree (seen_by_id);

CREATE UNIQUE INDEX casework_casefile_with_network ON public.casework_casefile USING btree (id, network_id);

CREATE INDEX casework_casepaper_author_id_d74338c7 ON public.casework_casepaper USING btree (author_id);

CREATE INDEX casework_casepaper_case_id_c601b507 ON public.casework_casepaper USING btree (case_id);

CREATE INDEX casework_casepaper_compartment_id_5ea7ca6a ON public.casework_casepaper USING btree (compartment_id);

CREATE INDEX casework_casepaper_network_id_950d3275 ON public.casework_casepaper USING btree (network_id);

CREATE INDEX casework_claim_author_id_a3e7e9c8 ON public.casework_claim USING btree (author_id);

CREATE INDEX casework_claim_case_id_caaab464 ON public.casework_claim USING btree (case_id);

CREATE INDEX casework_claim_compartment_id_bede3f78 ON public.casework_claim USING btree (compartment_id);

CREATE INDEX casework_claim_network_id_18463123 ON public.casework_claim USING btree (network_id);

CREATE INDEX casework_claim_office_id_d38aa788 ON public.casework_claim USING btree (office_id);

CREATE UNIQUE INDEX casework_claim_with_network ON public.casework_claim USING btree (id, network_id);

CREATE INDEX casework_claimmove_author_id_71b81e8c ON public.casework_claimmove USING btree (author_id);

CREATE INDEX casework_claimmove_case_id_e402b992 ON public.casework_claimmove USING btree (case_id);

CREATE INDEX casework_claimmove_claim_id_739f391b ON public.casework_claimmove USING btree (claim_id);

CREATE INDEX casework_claimmove_compartment_id_c57cce33 ON public.casework_claimmove USING btree (compartment_id);

CREATE INDEX casework_claimmove_network_id_1da54840 ON public.casework_claimmove USING btree (network_id);

CREATE INDEX casework_closing_case_id_4a2307a6 ON public.casework_closing USING btree (case_id);

CREATE INDEX casework_closing_closed_by_id_676136f8 ON public.casework_closing USING btree (closed_by_id);

CREATE INDEX casework_closing_network_id_993eb43d ON public.casework_closing USING btree (network_id);

CREATE INDEX casework_coaching_case_id_48795229 ON public.casework_coaching USING btree (case_id);

CREATE INDEX casework_coaching_compartment_id_50b2c037 ON public.casework_coaching USING btree (compartment_id);

CREATE INDEX casework_coaching_network_id_ec569824 ON public.casework_coaching USING btree (network_id);

CREATE INDEX casework_coaching_person_id_35115630 ON public.casework_coaching USING btree (person_id);

CREATE UNIQUE INDEX casework_coaching_with_network ON public.casework_coaching USING btree (id, network_id);

CREATE INDEX casework_compartment_case_id_b798bde8 ON public.casework_compartment USING btree (case_id);

CREATE INDEX casework_compartment_network_id_03d6a37c ON public.casework_compartment USING btree (network_id);

CREATE INDEX casework_compartment_person_id_fbe8c901 ON public.casework_compartment USING btree (person_id);

CREATE UNIQUE INDEX casework_compartment_with_network ON public.casework_compartment USING btree (id, network_id);

CREATE INDEX casework_coverletter_coaching_id_20eaa72a ON public.casework_coverletter USING btree (coaching_id);

CREATE INDEX casework_coverletter_compartment_id_1bff3924 ON public.casework_coverletter USING btree (compartment_id);

CREATE INDEX casework_coverletter_network_id_755f818e ON public.casework_coverletter USING btree (network_id);

CREATE UNIQUE INDEX casework_coverletter_with_network ON public.casework_coverletter USING btree (id, network_id);

CREATE INDEX casework_coverversion_author_id_bc3f6bae ON public.casework_coverversion USING btree (author_id);

CREATE INDEX casework_coverversion_compartment_id_992ea5e2 ON public.casework_coverversion USING btree (compartment_id);

CREATE INDEX casework_coverversion_letter_id_ea181d0e ON public.casework_coverversion USING btree (letter_id);

CREATE INDEX casework_coverversion_network_id_09ebcaec ON public.casework_coverversion USING btree (network_id);

CREATE INDEX casework_deadline_author_id_a8e7b7a4 ON public.casework_deadline USING btree (author_id);

CREATE INDEX casework_deadline_case_id_956d335b ON public.casework_deadline USING btree (case_id);

CREATE INDEX casework_deadline_compartment_id_72e6ac5c ON public.casework_deadline USING btree (compartment_id);

CREATE INDEX casework_deadline_ended_by_id_b29b6220 ON public.casework_deadline USING btree (ended_by_id);

CREATE INDEX casework_deadline_network_id_5000f750 ON public.casework_deadline USING btree (network_id);

CREATE UNIQUE INDEX casework_deadline_with_network ON public.casework_deadline USING btree (id, network_id);

CREATE INDEX casework_emergencyaccess_case_id_abdb6a47 ON public.casework_emergencyaccess USING btree (case_id);

CREATE INDEX casework_emergencyaccess_membership_id_123b8307 ON public.casework_emergencyaccess USING btree (membership_id);

CREATE INDEX casework_emergencyaccess_network_id_37c47afd ON public.casework_emergencyaccess USING btree (network_id);

CREATE INDEX casework_emergencyaccess_seen_by_id_c481ad5e ON public.casework_emergencyaccess USING btree (seen_by_id);

CREATE INDEX casework_enquiry_contact_id_958c486a ON public.casework_enquiry USING btree (contact_id);

CREATE INDEX casework_enquiry_district_id_fd023300 ON public.casework_enquiry USING btree (district_id);

CREATE INDEX casework_enquiry_locality_id_accb40da ON public.casework_enquiry USING btree (locality_id);

CREATE INDEX casework_enquiry_network_id_1f1d0b55 ON public.casework_enquiry USING btree (network_id);

CREATE INDEX casework_enquiry_organisation_id_a454e867 ON public.casework_enquiry USING btree (organisation_id);

CREATE INDEX casework_enquiry_programme_id_34457bc4 ON public.casework_enquiry USING btree (programme_id);

CREATE INDEX casework_enquiry_taken_by_id_63557f34 ON public.casework_enquiry USING btree (taken_by_id);

CREATE UNIQUE INDEX casework_enquiry_with_network ON public.casework_enquiry USING btree (id, network_id);

CREATE INDEX casework_feedback_network_id_5d23779b ON public.casework_feedback USING btree (network_id);

CREATE INDEX casework_feedback_organisation_id_ee71a081 ON public.casework_feedback USING btree (organisation_id);

CREATE INDEX casework_filechunk_compartment_id_b4ebc927 ON public.casework_filechunk USING btree (compartment_id);

CREATE INDEX casework_filechunk_file_id_cee25a3a ON public.casework_filechunk USING btree (file_id);

CREATE INDEX casework_filechunk_network_id_cb3cf4dd ON public.casework_filechunk USING btree (network_id);

CREATE INDEX casework_goal_author_id_1e15e6fb ON public.casework_goal USING btree (author_id);

CREATE INDEX casework_goal_case_id_f0cdab30 ON public.casework_goal USING btree (case_id);

CREATE INDEX casework_goal_compartment_id_76b4dfbe ON public.casework_goal USING btree (compartment_id);

CREATE INDEX casework_goal_network_id_fbd9c858 ON public.casework_goal USING btree (network_id);

CREATE UNIQUE INDEX casework_goal_with_network ON public.casework_goal USING btree (id, network_id);

CREATE INDEX casework_goalreview_author_id_d4408caa ON public.casework_goalreview USING btree (author_id);

CREATE INDEX casework_goalreview_case_id_4fb3bdf3 ON public.casework_goalreview USING btree (case_id);

CREATE INDEX casework_goalreview_compartment_id_3a15bf5e ON public.casework_goalreview USING btree (compartment_id);

CREATE INDEX casework_goalreview_goal_id_6bcd7eb3 ON public.casework_goalreview USING btree (goal_id);

CREATE INDEX casework_goalreview_network_id_444dbabe ON public.casework_goalreview USING btree (network_id);

CREATE INDEX casework_handover_case_id_03288738 ON public.casework_handover USING btree (case_id);

CREATE INDEX casework_handover_compartment_id_9b25a97c ON public.casework_handover USING btree (compartment_id);

CREATE INDEX casework_handover_giver_id_ba6447e7 ON public.casework_handover USING btree (giver_id);

CREATE INDEX casework_handover_network_id_b7eb42ac ON public.casework_handover USING btree (network_id);

CREATE INDEX casework_handover_taker_id_499025f2 ON public.casework_handover USING btree (taker_id);

CREATE INDEX casework_interview_application_id_5579d71f ON public.casework_interview USING btree (application_id);

CREATE INDEX casework_interview_compartment_id_0dbe9779 ON public.casework_interview USING btree (compartment_id);

CREATE INDEX casework_interview_network_id_8c62b535 ON public.casework_interview USING btree (network_id);

CREATE INDEX casework_letter_author_id_6bec8840 ON public.casework_letter USING btree (author_id);

CREATE INDEX casework_letter_case_id_099cea22 ON public.casework_letter USING btree (case_id);

CREATE INDEX casework_letter_compartment_id_9951ea4e ON public.casework_letter USING btree (compartment_id);

CREATE INDEX casework_letter_deadline_id_941e91d9 ON public.casework_letter USING btree (deadline_id);

CREATE INDEX casework_letter_network_id_47f20457 ON public.casework_letter USING btree (network_id);

CREATE UNIQUE INDEX casework_letter_with_network ON public.casework_letter USING btree (id, network_id);

CREATE INDEX casework_lettersending_author_id_7debd1bf ON public.casework_lettersending USING btree (author_id);

CREATE INDEX casework_lettersending_compartment_id_5f02c314 ON public.casework_lettersending USING btree (compartment_id);

CREATE INDEX casework_lettersending_letter_id_3463e960 ON public.casework_lettersending USING btree (letter_id);

CREATE INDEX casework_lettersending_network_id_0ab00ad5 ON public.casework_lettersending USING btree (network_id);

CREATE INDEX casework_lettersending_version_id_71539d4a ON public.casework_lettersending USING btree (version_id);

CREATE INDEX casework_letterversion_author_id_73a69da7 ON public.casework_letterversion USING btree (author_id);

CREATE INDEX casework_letterversion_compartment_id_db384ae4 ON public.casework_letterversion USING btree (compartment_id);

CREATE INDEX casework_letterversion_letter_id_47428ac0 ON public.casework_letterversion USING btree (letter_id);

CREATE INDEX casework_letterversion_network_id_27aacbc1 ON public.casework_letterversion USING btree (network_id);

CREATE UNIQUE INDEX casework_letterversion_with_network ON public.casework_letterversion USING btree (id, network_id);

CREATE INDEX casework_letterwording_author_id_cb52e247 ON public.casework_letterwording USING btree (author_id);

CREATE INDEX casework_letterwording_network_id_d6440eb9 ON public.casework_letterwording USING btree (network_id);

CREATE INDEX casework_letterwording_organisation_id_ec2790f5 ON public.casework_letterwording USING btree (organisation_id);

CREATE INDEX casework_lifeevent_author_id_fa9de887 ON public.casework_lifeevent USING btree (author_id);

CREATE INDEX casework_lifeevent_case_id_6924692b ON public.casework_lifeevent USING btree (case_id);

CREATE INDEX casework_lifeevent_compartment_id_46ba6cf2 ON public.casework_lifeevent USING btree (compartment_id);

CREATE INDEX casework_lifeevent_network_id_329011ac ON public.casework_lifeevent USING btree (network_id);

CREATE INDEX casework_note_author_id_f1622f7b ON public.casework_note USING btree (author_id);

CREATE INDEX casework_note_case_id_04285f3c ON public.casework_note USING btree (case_id);

CREATE INDEX casework_note_compartment_id_483bc23a ON public.casework_note USING btree (compartment_id);

CREATE INDEX casework_note_contact_id_57508eda ON public.casework_note USING btree (contact_id);

CREATE INDEX casework_note_network_id_39042bf6 ON public.casework_note USING btree (network_id);

CREATE INDEX casework_ownaccess_case_id_445ac955 ON public.casework_ownaccess USING btree (case_id);

CREATE INDEX casework_ownaccess_made_by_id_b427746b ON public.casework_ownaccess USING btree (made_by_id);

CREATE INDEX casework_ownaccess_network_id_eba4652c ON public.casework_ownaccess USING btree (network_id);

CREATE INDEX casework_ownaccess_person_id_d58ea422 ON public.casework_ownaccess USING btree (person_id);

CREATE UNIQUE INDEX casework_ownaccess_with_network ON public.casework_ownaccess USING btree (id, network_id);

CREATE INDEX casework_ownmessage_author_id_193f8f93 ON public.casework_ownmessage USING btree (author_id);

CREATE INDEX casework_ownmessage_case_id_dc6bf6dc ON public.casework_ownmessage USING btree (case_id);

CREATE INDEX casework_ownmessage_compartment_id_fdd2e172 ON public.casework_ownmessage USING btree (compartment_id);

CREATE INDEX casework_ownmessage_network_id_1e40d820 ON public.casework_ownmessage USING btree (network_id);

CREATE INDEX casework_ownmessage_step_id_b6f8fffa ON public.casework_ownmessage USING btree (step_id);

CREATE INDEX casework_ownsession_access_id_c3c789d6 ON public.casework_ownsession USING btree (access_id);

CREATE INDEX casework_ownsession_network_id_4851ac7b ON public.casework_ownsession USING btree (network_id);

CREATE INDEX casework_placement_coaching_id_903af158 ON public.casework_placement USING btree (coaching_id);

CREATE INDEX casework_placement_compartment_id_9a940dac ON public.casework_placement USING btree (compartment_id);

CREATE INDEX casework_placement_network_id_01bec8cd ON public.casework_placement USING btree (network_id);

CREATE INDEX casework_plantaking_author_id_b13d5bee ON public.casework_plantaking USING btree (author_id);

CREATE INDEX casework_plantaking_case_id_79cc2877 ON public.casework_plantaking USING btree (case_id);

CREATE INDEX casework_plantaking_compartment_id_03e06bf2 ON public.casework_plantaking USING btree (compartment_id);

CREATE INDEX casework_plantaking_network_id_4d85f33b ON public.casework_plantaking USING btree (network_id);

CREATE INDEX casework_rating_author_id_a6a2abcc ON public.casework_rating USING btree (author_id);

CREATE INDEX casework_rating_case_id_f12e2dd1 ON public.casework_rating USING btree (case_id);

CREATE INDEX casework_rating_compartment_id_ca92d163 ON public.casework_rating USING btree (compartment_id);

CREATE INDEX casework_rating_network_id_10e62e3c ON public.casework_rating USING btree (network_id);

CREATE UNIQUE INDEX casework_rating_with_network ON public.casework_rating USING btree (id, network_id);

CREATE INDEX casework_ratingline_compartment_id_8dab3d3c ON public.casework_ratingline USING btree (compartment_id);

CREATE INDEX casework_ratingline_network_id_e6cc26ab ON public.casework_ratingline USING btree (network_id);

CREATE INDEX casework_ratingline_rating_id_dec48d08 ON public.casework_ratingline USING btree (rating_id);

CREATE INDEX casework_resume_compartment_id_0b719e32 ON public.casework_resume USING btree (compartment_id);

CREATE INDEX casework_resume_network_id_60ea5a5e ON public.casework_resume USING btree (network_id);

CREATE INDEX casework_step_case_id_5609f0ad ON public.casework_step USING btree (case_id);

CREATE INDEX casework_step_compartment_id_598ff775 ON public.casework_step USING btree (compartment_id);

CREATE INDEX casework_step_goal_id_7afe8d32 ON public.casework_step USING btree (goal_id);

CREATE INDEX casework_step_network_id_bf9b431a ON public.casework_step USING btree (network_id);

CREATE UNIQUE INDEX casework_step_with_network ON public.casework_step USING btree (id, network_id);

CREATE INDEX casework_task_assignee_id_827470b4 ON public.casework_task USING btree (assignee_id);

CREATE INDEX casework_task_case_id_aea974e4 ON public.casework_task USING btree (case_id);

CREATE INDEX casework_task_compartment_id_e12ad7e2 ON public.casework_task USING btree (compartment_id);

CREATE INDEX casework_task_done_by_id_130b6efc ON public.casework_task USING btree (done_by_id);

CREATE INDEX casework_task_given_by_id_c8edc479 ON public.casework_task USING btree (given_by_id);

CREATE INDEX casework_task_network_id_7d377793 ON public.casework_task USING btree (network_id);

CREATE UNIQUE INDEX casework_task_with_network ON public.casework_task USING btree (id, network_id);

CREATE INDEX casework_texttemplate_network_id_6f85e01f ON public.casework_texttemplate USING btree (network_id);

CREATE INDEX casework_texttemplate_organisation_id_b389a3f3 ON public.casework_texttemplate USING btree (organisation_id);

CREATE INDEX casework_tie_case_id_ed8beaba ON public.casework_tie USING btree (case_id);

CREATE INDEX casework_tie_compartment_id_3fc574a0 ON public.casework_tie USING btree (compartment_id);

CREATE INDEX casework_tie_network_id_8dc4a6d8 ON public.casework_tie USING btree (network_id);

CREATE INDEX claim_asked_back ON public.casework_claim USING btree (state_on) WHERE ((state)::text = 'asked_back'::text);

CREATE INDEX claim_by_case ON public.casework_claim USING btree (case_id);

CREATE INDEX claim_move_by_case ON public.casework_claimmove USING btree (case_id, happened_on);

CREATE INDEX claim_to_renew ON public.casework_claim USING btree (renew_on) WHERE ((state)::text = 'granted'::text);

CREATE INDEX clients_contact_network_id_1345d12e ON public.clients_contact USING btree (network_id);

CREATE INDEX clients_contact_organisation_id_1c185de6 ON public.clients_contact USING btree (organisation_id);

CREATE UNIQUE INDEX clients_contact_with_network ON public.clients_contact USING btree (id, network_id);

CREATE INDEX clients_household_network_id_f3831da9 ON public.clients_household USING btree (network_id);

CREATE INDEX clients_household_organisation_id_ad42cf48 ON public.clients_household USING btree (organisation_id);

CREATE UNIQUE INDEX clients_household_with_network ON public.clients_household USING btree (id, network_id);

CREATE INDEX clients_nameentry_network_id_b8619314 ON public.clients_nameentry USING btree (network_id);

CREATE INDEX clients_nameentry_organisation_id_62af30d5 ON public.clients_nameentry USING btree (organisation_id);

CREATE INDEX clients_person_household_id_bdffe322 ON public.clients_person USING btree (household_id);

CREATE INDEX clients_person_network_id_8c48fe79 ON public.clients_person USING btree (network_id);

CREATE UNIQUE INDEX clients_person_with_network ON public.clients_person USING btree (id, network_id);

CREATE INDEX clients_takeaway_network_id_ec13efe0 ON public.clients_takeaway USING btree (network_id);

CREATE INDEX config_taskrun_network_id_76d932ba ON public.config_taskrun USING btree (network_id);

CREATE INDEX consent_by_end ON public.consent_consent USING btree (organisation_id, ends_at);

CREATE INDEX consent_citytext_network_id_669c8dfe ON public.consent_citytext USING btree (network_id);

CREATE INDEX consent_citytext_organisation_id_1032a3fe ON public.consent_citytext USING btree (organisation_id);

CREATE INDEX consent_consent_network_id_a1f0d256 ON public.consent_consent USING btree (network_id);

CREATE INDEX consent_consent_organisation_id_40805469 ON public.consent_consent USING btree (organisation_id);

CREATE INDEX consent_consent_person_id_7faabceb ON public.consent_consent USING btree (person_id);

CREATE INDEX consent_consent_recipients_consent_id_fb646497 ON public.consent_consent_recipients USING btree (consent_id);

CREATE INDEX consent_consent_recipients_organisation_id_2bdfdd46 ON public.consent_consent_recipients USING btree (organisation_id);

CREATE INDEX consent_consent_taken_by_id_b700b448 ON public.consent_consent USING btree (taken_by_id);

CREATE UNIQUE INDEX consent_consent_with_network ON public.consent_consent USING btree (id, network_id);

CREATE INDEX consent_consent_withdrawal_taken_by_id_164425e9 ON public.consent_consent USING btree (withdrawal_taken_by_id);

CREATE INDEX consent_notice_network_id_dff4af88 ON public.consent_notice USING btree (network_id);

CREATE INDEX consent_notice_organisation_id_2733faa2 ON public.consent_notice USING btree (organisation_id);

CREATE INDEX consent_notice_person_id_a8c2e658 ON public.consent_notice USING btree (person_id);

CREATE INDEX consent_notice_taken_by_id_383bd6b0 ON public.consent_notice USING btree (taken_by_id);

CREATE INDEX consent_release_network_id_7fe79193 ON public.consent_release USING btree (network_id);

CREATE INDEX consent_release_organisation_id_58ef2eda ON public.consent_release USING btree (organisation_id);

CREATE INDEX consent_release_person_id_3b4b4263 ON public.consent_release USING btree (person_id);

CREATE INDEX consent_release_taken_by_id_b1311d5e ON public.consent_release USING btree (taken_by_id);

CREATE INDEX consent_release_to_organisation_id_8492052c ON public.consent_release USING btree (to_organisation_id);

CREATE UNIQUE INDEX consent_release_with_network ON public.consent_release USING btree (id, network_id);

CREATE INDEX consent_release_withdrawal_taken_by_id_ab11c085 ON public.consent_release USING btree (withdrawal_taken_by_id);

CREATE INDEX consent_releasespeaker_membership_id_a2606d44 ON public.consent_releasespeaker USING btree (membership_id);

CREATE INDEX consent_releasespeaker_network_id_d14c3ffa ON public.consent_releasespeaker USING btree (network_id);

CREATE INDEX consent_releasespeaker_organisation_id_6f8309ea ON public.consent_releasespeaker USING btree (organisation_id);

CREATE INDEX consent_releasespeaker_release_id_626d0332 ON public.consent_releasespeaker USING btree (release_id);

CREATE INDEX contact_by_case ON public.casework_casecontact USING btree (case_id, held_on DESC);

CREATE UNIQUE INDEX data_key_once_per_holder ON public.vault_wrappedkey USING btree (data_key_id, holder_id) WHERE (data_key_id IS NOT NULL);

CREATE INDEX deadline_by_case ON public.casework_deadline USING btree (case_id);

CREATE INDEX deadline_open ON public.casework_deadline USING btree (due_on) WHERE ((state)::text = 'open'::text);

CREATE UNIQUE INDEX deadline_request_is_unique ON public.casework_deadline USING btree (case_id, idempotency_key) WHERE (NOT ((idempotency_key)::text = ''::text));

CREATE INDEX directory_authority_key_dfa96937 ON public.directory_authority USING btree (key);

CREATE INDEX directory_authority_key_dfa96937_like ON public.directory_authority USING btree (key varchar_pattern_ops);

CREATE INDEX directory_authority_network_id_c07f44e7 ON public.directory_authority USING btree (network_id);

CREATE UNIQUE INDEX directory_authority_with_network ON public.directory_authority USING btree (id, network_id);

CREATE INDEX directory_confirmationlink_network_id_58d79114 ON public.directory_confirmationlink USING btree (network_id);

CREATE INDEX directory_confirmationlink_organisation_id_454e491e ON public.directory_confirmationlink USING btree (organisation_id);

CREATE INDEX directory_confirmationlink_secret_hash_1687d699_like ON public.directory_confirmationlink USING btree (secret_hash varchar_pattern_ops);

CREATE INDEX directory_examplehousehold_key_66f0596c ON public.directory_examplehousehold USING btree (key);

CREATE INDEX directory_examplehousehold_key_66f0596c_like ON public.directory_examplehousehold USING btree (key varchar_pattern_ops);

CREATE INDEX directory_examplehousehold_network_id_fc6a3ac5 ON public.directory_examplehousehold USING btree (network_id);

CREATE INDEX directory_office_authority_id_b3662a17 ON public.directory_office USING btree (authority_id);

CREATE INDEX directory_office_districts_district_id_d7d2df08 ON public.directory_office_districts USING btree (district_id);

CREATE INDEX directory_office_districts_office_id_af95c164 ON public.directory_office_districts USING btree (office_id);

CREATE INDEX directory_office_key_e6ac7233 ON public.directory_office USING btree (key);

CREATE INDEX directory_office_key_e6ac7233_like ON public.directory_office USING btree (key varchar_pattern_ops);

CREATE INDEX directory_office_network_id_dc957ed9 ON public.directory_office USING btree (network_id);

CREATE INDEX directory_office_organisation_id_38bf62c6 ON public.directory_office USING btree (organisation_id);

CREATE INDEX directory_office_otherwise_id_00307d25 ON public.directory_office USING btree (otherwise_id);

CREATE INDEX directory_office_site_id_911c36d8 ON public.directory_office USING btree (site_id);

CREATE UNIQUE INDEX directory_office_with_network ON public.directory_office USING btree (id, network_id);

CREATE INDEX directory_paper_key_33af89c9 ON public.directory_paper USING btree (key);

CREATE INDEX directory_paper_key_33af89c9_like ON public.directory_paper USING btree (key varchar_pattern_ops);

CREATE INDEX directory_paper_network_id_a678ad00 ON public.directory_paper USING btree (network_id);

CREATE UNIQUE INDEX directory_paper_with_network ON public.directory_paper USING btree (id, network_id);

CREATE INDEX directory_report_network_id_7f06aaf6 ON public.directory_report USING btree (network_id);

CREATE INDEX directory_report_service_id_809e75e2 ON public.directory_report USING btree (service_id);

CREATE INDEX directory_revision_key_64a85b73 ON public.directory_revision USING btree (key);

CREATE INDEX directory_revision_key_64a85b73_like ON public.directory_revision USING btree (key varchar_pattern_ops);

CREATE INDEX directory_revision_network_id_379ca4c4 ON public.directory_revision USING btree (network_id);

CREATE INDEX directory_revision_service_id_797b273c ON public.directory_revision USING btree (service_id);

CREATE INDEX directory_searchgap_network_id_e5426583 ON public.directory_searchgap USING btree (network_id);

CREATE INDEX directory_service_authority_id_e6a76353 ON public.directory_service USING btree (authority_id);

CREATE INDEX directory_service_districts_district_id_74d56f65 ON public.directory_service_districts USING btree (district_id);

CREATE INDEX directory_service_districts_service_id_f7e76037 ON public.directory_service_districts USING btree (service_id);

CREATE INDEX directory_service_key_76e98e66 ON public.directory_service USING btree (key);

CREATE INDEX directory_service_key_76e98e66_like ON public.directory_service USING btree (key varchar_pattern_ops);

CREATE INDEX directory_service_network_id_b1dd4aca ON public.directory_service USING btree (network_id);

CREATE INDEX directory_service_organisation_id_8b30567f ON public.directory_service USING btree (organisation_id);

CREATE INDEX directory_service_papers_paper_id_23bcc99c ON public.directory_service_papers USING btree (paper_id);

CREATE INDEX directory_service_papers_service_id_7b957501 ON public.directory_service_papers USING btree (service_id);

CREATE INDEX directory_service_topics_service_id_6a207a23 ON public.directory_service_topics USING btree (service_id);

CREATE INDEX directory_service_topics_topic_id_2b819382 ON public.directory_service_topics USING btree (topic_id);

CREATE UNIQUE INDEX directory_service_with_network ON public.directory_service USING btree (id, network_id);

CREATE INDEX directory_serviceatlocation_network_id_37e3cd5a ON public.directory_serviceatlocation USING btree (network_id);

CREATE INDEX directory_serviceatlocation_office_id_49e739f9 ON public.directory_serviceatlocation USING btree (office_id);

CREATE INDEX directory_serviceatlocation_service_id_29b2c0ee ON public.directory_serviceatlocation USING btree (service_id);

CREATE INDEX directory_serviceatlocation_site_id_b00862ae ON public.directory_serviceatlocation USING btree (site_id);

CREATE INDEX directory_situation_key_4cc5bdd6 ON public.directory_situation USING btree (key);

CREATE INDEX directory_situation_key_4cc5bdd6_like ON public.directory_situation USING btree (key varchar_pattern_ops);

CREATE INDEX directory_situation_network_id_1b569e16 ON public.directory_situation USING btree (network_id);

CREATE INDEX directory_situation_topics_situation_id_209510de ON public.directory_situation_topics USING btree (situation_id);

CREATE INDEX directory_situation_topics_topic_id_8622b8a2 ON public.directory_situation_topics USING btree (topic_id);

CREATE UNIQUE INDEX directory_situation_with_network ON public.directory_situation USING btree (id, network_id);

CREATE INDEX directory_topic_key_19c7eb6e ON public.directory_topic USING btree (key);

CREATE INDEX directory_topic_key_19c7eb6e_like ON public.directory_topic USING btree (key varchar_pattern_ops);

CREATE INDEX directory_topic_network_id_31678c05 ON public.directory_topic USING btree (network_id);

CREATE UNIQUE INDEX directory_topic_with_network ON public.directory_topic USING btree (id, network_id);

CREATE INDEX directory_webaddress_network_id_1ccf9220 ON public.directory_webaddress USING btree (network_id);

CREATE INDEX directory_word_network_id_d95d7656 ON public.directory_word USING btree (network_id);

CREATE INDEX emergency_by_member ON public.casework_emergencyaccess USING btree (membership_id, ends_at);

CREATE INDEX emergency_unseen ON public.casework_emergencyaccess USING btree (begun_at) WHERE (seen_at IS NULL);

CREATE INDEX enquiry_by_organisation ON public.casework_enquiry USING btree (organisation_id, created_at DESC);

CREATE UNIQUE INDEX enquiry_continued_once_a_key ON public.casework_enquiry USING btree (network_id, continued_key) WHERE (NOT ((continued_key)::text = ''::text));

CREATE INDEX event_by_case ON public.casework_lifeevent USING btree (case_id, happened_on DESC);

CREATE UNIQUE INDEX event_request_is_unique ON public.casework_lifeevent USING btree (case_id, request_key) WHERE (NOT ((request_key)::text = ''::text));

CREATE INDEX feedback_by_month ON public.casework_feedback USING btree (organisation_id, month);

CREATE INDEX file_by_case ON public.casework_casefile USING btree (case_id, created_at DESC);

CREATE INDEX file_by_last_day ON public.casework_casefile USING btree (keep_until) WHERE (keep_until IS NOT NULL);

CREATE INDEX file_not_looked_at ON public.casework_casefile USING btree (case_id) WHERE ((author_id IS NULL) AND (looked_at IS NULL));

CREATE INDEX file_sent_by_person ON public.casework_casefile USING btree (compartment_id, created_at) WHERE (author_id IS NULL);

CREATE INDEX foreseen_open ON public.screening_foreseen USING btree (month) WHERE ((state)::text = ANY (ARRAY[('new'::character varying)::text, ('seen'::character varying)::text]));

CREATE INDEX goal_by_case ON public.casework_goal USING btree (case_id);

CREATE UNIQUE INDEX goal_request_is_unique ON public.casework_goal USING btree (case_id, request_key) WHERE (NOT ((request_key)::text = ''::text));

CREATE INDEX grant_by_case ON public.casework_claimmove USING btree (case_id) WHERE (((state)::text = 'granted'::text) AND (undone_at IS NULL));

CREATE INDEX handover_by_case ON public.casework_handover USING btree (case_id);

CREATE INDEX handover_by_taker ON public.casework_handover USING btree (taker_id, handed_on);

CREATE INDEX journal_unwritten ON public.privacy_journalentry USING btree (network_id) WHERE (written_at IS NULL);

CREATE INDEX letter_by_case ON public.casework_letter USING btree (case_id, changed_at DESC);

CREATE INDEX message_waiting ON public.messaging_message USING btree (network_id, due_at) WHERE ((state)::text = ANY (ARRAY[('queued'::character varying)::text, ('sending'::character varying)::text]));

CREATE INDEX messaging_message_network_id_5c3247e4 ON public.messaging_message USING btree (network_id);

CREATE INDEX messaging_message_organisation_id_4feada06 ON public.messaging_message USING btree (organisation_id);

CREATE INDEX messaging_message_settled_by_id_de365a03 ON public.messaging_message USING btree (settled_by_id);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX name_by_token ON public.clients_nameentry USING gin (tokens) WITH (fastupdate=off);

CREATE INDEX network_district_key_f57a16fc ON public.network_district USING btree (key);

CREATE INDEX network_district_key_f57a16fc_like ON public.network_district USING btree (key varchar_pattern_ops);

CREATE INDEX network_district_network_id_f622ec0b ON public.network_district USING btree (network_id);

CREATE UNIQUE INDEX network_district_with_network ON public.network_district USING btree (id, network_id);

CREATE INDEX network_hotline_districts_district_id_e006696d ON public.network_hotline_districts USING btree (district_id);

CREATE INDEX network_hotline_districts_hotline_id_c4863ee7 ON public.network_hotline_districts USING btree (hotline_id);

CREATE INDEX network_hotline_key_5714a41c ON public.network_hotline USING btree (key);

CREATE INDEX network_hotline_key_5714a41c_like ON public.network_hotline USING btree (key varchar_pattern_ops);

CREATE INDEX network_hotline_network_id_51187234 ON public.network_hotline USING btree (network_id);

CREATE UNIQUE INDEX network_hotline_with_network ON public.network_hotline USING btree (id, network_id);

CREATE INDEX network_locality_district_id_7ca0735a ON public.network_locality USING btree (district_id);

CREATE INDEX network_locality_key_06bc6e8a ON public.network_locality USING btree (key);

CREATE INDEX network_locality_key_06bc6e8a_like ON public.network_locality USING btree (key varchar_pattern_ops);

CREATE INDEX network_locality_network_id_601917e8 ON public.network_locality USING btree (network_id);

CREATE UNIQUE INDEX network_locality_with_network ON public.network_locality USING btree (id, network_id);

CREATE INDEX network_membership_districts_district_id_539c440e ON public.network_membership_districts USING btree (district_id);

CREATE INDEX network_membership_districts_membership_id_9baa423e ON public.network_membership_districts USING btree (membership_id);

CREATE INDEX network_membership_network_id_6ebff6df ON public.network_membership USING btree (network_id);

CREATE INDEX network_membership_organisation_id_0c1b6a2b ON public.network_membership USING btree (organisation_id);

CREATE INDEX network_membership_user_id_9aa84ae2 ON public.network_membership USING btree (user_id);

CREATE UNIQUE INDEX network_membership_with_network ON public.network_membership USING btree (id, network_id);

CREATE INDEX network_network_key_b1805b9f_like ON public.network_network USING btree (key varchar_pattern_ops);

CREATE INDEX network_organisation_key_87866c88 ON public.network_organisation USING btree (key);

CREATE INDEX network_organisation_key_87866c88_like ON public.network_organisation USING btree (key varchar_pattern_ops);

CREATE INDEX network_organisation_network_id_ae24d1a6 ON public.network_organisation USING btree (network_id);

CREATE UNIQUE INDEX network_organisation_with_network ON public.network_organisation USING btree (id, network_id);

CREATE INDEX network_programme_key_cf63df3c ON public.network_programme USING btree (key);

CREATE INDEX network_programme_key_cf63df3c_like ON public.network_programme USING btree (key varchar_pattern_ops);

CREATE INDEX network_programme_network_id_9b42233a ON public.network_programme USING btree (network_id);

CREATE INDEX network_programme_organisations_organisation_id_58269705 ON public.network_programme_organisations USING btree (organisation_id);

CREATE INDEX network_programme_organisations_programme_id_9fae5cda ON public.network_programme_organisations USING btree (programme_id);

CREATE UNIQUE INDEX network_programme_with_network ON public.network_programme USING btree (id, network_id);

CREATE INDEX network_site_key_8698008f ON public.network_site USING btree (key);

CREATE INDEX network_site_key_8698008f_like ON public.network_site USING btree (key varchar_pattern_ops);

CREATE INDEX network_site_locality_id_7a8611ca ON public.network_site USING btree (locality_id);

CREATE INDEX network_site_network_id_e435d656 ON public.network_site USING btree (network_id);

CREATE INDEX network_site_organisation_id_dce976de ON public.network_site USING btree (organisation_id);

CREATE UNIQUE INDEX network_site_with_network ON public.network_site USING btree (id, network_id);

CREATE INDEX network_streetrange_locality_id_89926044 ON public.network_streetrange USING btree (locality_id);

CREATE INDEX network_streetrange_network_id_09154c3a ON public.network_streetrange USING btree (network_id);

CREATE INDEX network_user_email_5db0cd65_like ON public.network_user USING btree (email varchar_pattern_ops);

CREATE INDEX note_by_case ON public.casework_note USING btree (case_id, written_at DESC);

CREATE UNIQUE INDEX one_approved_sheet_a_month ON public.reporting_timesheet USING btree (membership_id, month) WHERE ((state)::text = 'approved'::text);

CREATE UNIQUE INDEX one_end_decision_holds ON public.reporting_enddecision USING btree (programme_id, case_id) WHERE ((state)::text = ANY (ARRAY[('decided'::character varying)::text, ('done'::character varying)::text]));

CREATE UNIQUE INDEX one_feed_a_person ON public.appointments_calendarfeed USING btree (membership_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_interpreter_at_a_talk ON public.appointments_interpreterassignment USING btree (booking_id) WHERE ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('confirmed'::character varying)::text]));

CREATE UNIQUE INDEX one_live_link_of_a_referral ON public.referrals_link USING btree (referral_id) WHERE (revoked_at IS NULL);

CREATE UNIQUE INDEX one_live_own_access ON public.casework_ownaccess USING btree (person_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_live_pair_per_person ON public.vault_keypair USING btree (network_id, owner_id) WHERE ((ended_at IS NULL) AND ((kind)::text = 'person'::text));

CREATE UNIQUE INDEX one_live_pair_per_role ON public.vault_keypair USING btree (organisation_id, role) WHERE ((ended_at IS NULL) AND ((kind)::text = 'role'::text));

CREATE UNIQUE INDEX one_live_pair_per_user ON public.vault_keypair USING btree (network_id, user_id) WHERE ((ended_at IS NULL) AND ((kind)::text = 'user'::text));

CREATE UNIQUE INDEX one_live_recovery_per_organisation ON public.vault_keypair USING btree (organisation_id) WHERE ((ended_at IS NULL) AND ((kind)::text = 'recovery'::text));

CREATE UNIQUE INDEX one_open_invitation_per_address ON public.staff_invitation USING btree (network_id, organisation_id, email) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));

CREATE UNIQUE INDEX one_open_sheet_a_month ON public.reporting_timesheet USING btree (membership_id, month) WHERE ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('returned'::character varying)::text, ('signed'::character varying)::text]));

CREATE UNIQUE INDEX one_open_talk_of_a_referral ON public.referrals_talk USING btree (referral_id) WHERE ((state)::text = 'open'::text);

CREATE INDEX outlook_by_look ON public.screening_outlook USING btree (looked_through, id);

CREATE UNIQUE INDEX own_code_is_unique ON public.casework_ownaccess USING btree (network_id, code_hash) WHERE (ended_at IS NULL);

CREATE INDEX own_message_by_part ON public.casework_ownmessage USING btree (compartment_id, sent_at);

CREATE INDEX own_message_unread ON public.casework_ownmessage USING btree (case_id) WHERE ((author_id IS NULL) AND (read_at IS NULL));

CREATE UNIQUE INDEX own_question_link_is_unique ON public.reporting_ownquestion USING btree (secret_hash) WHERE (NOT ((secret_hash)::text = ''::text));

CREATE INDEX own_question_waiting ON public.reporting_ownquestion USING btree (asked_on) WHERE ((state)::text = 'asked'::text);

CREATE INDEX participation_by_programme ON public.reporting_participation USING btree (programme_id, entered_on);

CREATE INDEX participation_by_sound ON public.reporting_participation USING btree (programme_id, organisation_id, sound) WHERE (NOT ((sound)::text = ''::text));

CREATE INDEX participation_by_twin ON public.reporting_participation USING btree (programme_id, twin) WHERE (NOT ((twin)::text = ''::text));

CREATE INDEX placement_to_ask_about ON public.casework_placement USING btree (starts_on) WHERE ((kept_6)::text = ''::text);

CREATE INDEX plan_taking_by_case ON public.casework_plantaking USING btree (case_id, taken_at);

CREATE INDEX presence_now ON public.appointments_linepresence USING btree (hotline_id) WHERE (until IS NULL);

CREATE INDEX privacy_correction_by_id_0f2149cd ON public.privacy_correction USING btree (by_id);

CREATE INDEX privacy_correction_network_id_3c674c44 ON public.privacy_correction USING btree (network_id);

CREATE INDEX privacy_correction_request_id_f52e7c43 ON public.privacy_correction USING btree (request_id);

CREATE INDEX privacy_deletion_confirmed_by_id_16a3f734 ON public.privacy_deletion USING btree (confirmed_by_id);

CREATE INDEX privacy_deletion_network_id_8cb40afb ON public.privacy_deletion USING btree (network_id);

CREATE INDEX privacy_deletion_organisation_id_c7415a8f ON public.privacy_deletion USING btree (organisation_id);

CREATE INDEX privacy_deletion_proposed_by_id_bb2359dd ON public.privacy_deletion USING btree (proposed_by_id);

CREATE UNIQUE INDEX privacy_deletion_with_network ON public.privacy_deletion USING btree (id, network_id);

CREATE INDEX privacy_deletionitem_deletion_id_c39e4226 ON public.privacy_deletionitem USING btree (deletion_id);

CREATE INDEX privacy_deletionitem_network_id_99bc583c ON public.privacy_deletionitem USING btree (network_id);

CREATE INDEX privacy_hold_by_id_469b04f9 ON public.privacy_hold USING btree (by_id);

CREATE INDEX privacy_hold_network_id_f8960925 ON public.privacy_hold USING btree (network_id);

CREATE INDEX privacy_hold_organisation_id_0328144e ON public.privacy_hold USING btree (organisation_id);

CREATE INDEX privacy_journalentry_network_id_c67c021b ON public.privacy_journalentry USING btree (network_id);

CREATE INDEX privacy_redaction_network_id_cf63960f ON public.privacy_redaction USING btree (network_id);

CREATE INDEX privacy_redaction_request_id_e6e66a50 ON public.privacy_redaction USING btree (request_id);

CREATE INDEX privacy_request_also_contact_id_460399eb ON public.privacy_request_also USING btree (contact_id);

CREATE INDEX privacy_request_also_request_id_71028765 ON public.privacy_request_also USING btree (request_id);

CREATE INDEX privacy_request_answered_by_id_91783418 ON public.privacy_request USING btree (answered_by_id);

CREATE INDEX privacy_request_case_id_cce001ab ON public.privacy_request USING btree (case_id);

CREATE INDEX privacy_request_contact_id_ddbb8972 ON public.privacy_request USING btree (contact_id);

CREATE INDEX privacy_request_network_id_da7519bc ON public.privacy_request USING btree (network_id);

CREATE INDEX privacy_request_organisation_id_df7a4742 ON public.privacy_request USING btree (organisation_id);

CREATE INDEX privacy_request_person_id_4489984f ON public.privacy_request USING btree (person_id);

CREATE INDEX privacy_request_taken_by_id_5b0f7ced ON public.privacy_request USING btree (taken_by_id);

CREATE UNIQUE INDEX privacy_request_with_network ON public.privacy_request USING btree (id, network_id);

CREATE INDEX privacy_restriction_case_id_ef0238a3 ON public.privacy_restriction USING btree (case_id);

CREATE INDEX privacy_restriction_contact_id_c00c0c71 ON public.privacy_restriction USING btree (contact_id);

CREATE INDEX privacy_restriction_network_id_caad7e62 ON public.privacy_restriction USING btree (network_id);

CREATE INDEX privacy_restriction_organisation_id_46892fe5 ON public.privacy_restriction USING btree (organisation_id);

CREATE INDEX privacy_retentionrule_decided_by_id_87cb6d84 ON public.privacy_retentionrule USING btree (decided_by_id);

CREATE INDEX privacy_retentionrule_network_id_f7f0db19 ON public.privacy_retentionrule USING btree (network_id);

CREATE INDEX privacy_retentionrule_organisation_id_e0605bc5 ON public.privacy_retentionrule USING btree (organisation_id);

CREATE INDEX rating_by_case ON public.casework_rating USING btree (case_id, rated_on);

CREATE INDEX record_by_household ON public.screening_record USING btree (household_id, kept_at DESC);

CREATE INDEX referral_asked ON public.referrals_referral USING btree (ask_hash) WHERE (NOT ((ask_hash)::text = ''::text));

CREATE INDEX referral_by_case ON public.referrals_referral USING btree (case_id);

CREATE INDEX referral_line_in_order ON public.referrals_line USING btree (referral_id, sent_at);

CREATE INDEX referral_news ON public.referrals_referral USING btree (case_id) WHERE (news_at IS NOT NULL);

CREATE INDEX referral_received ON public.referrals_referral USING btree (to_organisation_id, requested_at DESC);

CREATE INDEX referral_waiting ON public.referrals_referral USING btree (reply_by) WHERE ((state)::text = 'requested'::text);

CREATE INDEX referrals_browser_link_id_cd9d6028 ON public.referrals_browser USING btree (link_id);

CREATE INDEX referrals_browser_network_id_381319ee ON public.referrals_browser USING btree (network_id);

CREATE INDEX referrals_line_author_id_28d1d7b5 ON public.referrals_line USING btree (author_id);

CREATE INDEX referrals_line_network_id_fc9614c0 ON public.referrals_line USING btree (network_id);

CREATE INDEX referrals_line_referral_id_4f549718 ON public.referrals_line USING btree (referral_id);

CREATE INDEX referrals_link_made_by_id_80d86c74 ON public.referrals_link USING btree (made_by_id);

CREATE INDEX referrals_link_network_id_d1563cf0 ON public.referrals_link USING btree (network_id);

CREATE INDEX referrals_link_referral_id_9c52668d ON public.referrals_link USING btree (referral_id);

CREATE UNIQUE INDEX referrals_link_with_network ON public.referrals_link USING btree (id, network_id);

CREATE INDEX referrals_referral_author_id_4800adf2 ON public.referrals_referral USING btree (author_id);

CREATE INDEX referrals_referral_case_id_b6a3f342 ON public.referrals_referral USING btree (case_id);

CREATE INDEX referrals_referral_compartment_id_e08df1cf ON public.referrals_referral USING btree (compartment_id);

CREATE INDEX referrals_referral_network_id_c917aaf2 ON public.referrals_referral USING btree (network_id);

CREATE INDEX referrals_referral_person_id_179a7a6c ON public.referrals_referral USING btree (person_id);

CREATE INDEX referrals_referral_releases_referral_id_bff89436 ON public.referrals_referral_releases USING btree (referral_id);

CREATE INDEX referrals_referral_releases_release_id_76b46df0 ON public.referrals_referral_releases USING btree (release_id);

CREATE INDEX referrals_referral_to_organisation_id_c2d38841 ON public.referrals_referral USING btree (to_organisation_id);

CREATE INDEX referrals_referral_to_service_id_2cfa9c5b ON public.referrals_referral USING btree (to_service_id);

CREATE UNIQUE INDEX referrals_referral_with_network ON public.referrals_referral USING btree (id, network_id);

CREATE INDEX referrals_shared_network_id_19d3a557 ON public.referrals_shared USING btree (network_id);

CREATE INDEX referrals_talk_network_id_8e881cd5 ON public.referrals_talk USING btree (network_id);

CREATE INDEX referrals_talk_referral_id_7abaa0fe ON public.referrals_talk USING btree (referral_id);

CREATE INDEX release_by_end ON public.consent_release USING btree (organisation_id, ends_at);

CREATE INDEX release_to_organisation ON public.consent_release USING btree (to_organisation_id, person_id) WHERE (withdrawn_at IS NULL);

CREATE INDEX remark_by_state ON public.staff_remark USING btree (network_id, state, at);

CREATE INDEX report_open ON public.directory_report USING btree (network_id, at) WHERE ((state)::text = 'open'::text);

CREATE INDEX reporting_answers_author_id_cd4ecd5d ON public.reporting_answers USING btree (author_id);

CREATE INDEX reporting_answers_network_id_cd545397 ON public.reporting_answers USING btree (network_id);

CREATE INDEX reporting_answers_participation_id_396c10ea ON public.reporting_answers USING btree (participation_id);

CREATE INDEX reporting_edition_network_id_281fbe75 ON public.reporting_edition USING btree (network_id);

CREATE INDEX reporting_enddecision_asker_id_5efb8436 ON public.reporting_enddecision USING btree (asker_id);

CREATE INDEX reporting_enddecision_author_id_10c1b2b7 ON public.reporting_enddecision USING btree (author_id);

CREATE INDEX reporting_enddecision_case_id_5fd07e53 ON public.reporting_enddecision USING btree (case_id);

CREATE INDEX reporting_enddecision_done_by_id_ca654ee7 ON public.reporting_enddecision USING btree (done_by_id);

CREATE INDEX reporting_enddecision_network_id_f9110cfb ON public.reporting_enddecision USING btree (network_id);

CREATE INDEX reporting_enddecision_programme_id_5d9c7c43 ON public.reporting_enddecision USING btree (programme_id);

CREATE INDEX reporting_enddecision_referral_id_b2ebbf5f ON public.reporting_enddecision USING btree (referral_id);

CREATE INDEX reporting_enddecision_to_programme_id_4d4bdf99 ON public.reporting_enddecision USING btree (to_programme_id);

CREATE INDEX reporting_ownquestion_callback_id_a4ffb9d2 ON public.reporting_ownquestion USING btree (callback_id);

CREATE INDEX reporting_ownquestion_network_id_19205820 ON public.reporting_ownquestion USING btree (network_id);

CREATE INDEX reporting_ownquestion_participation_id_cbe2584d ON public.reporting_ownquestion USING btree (participation_id);

CREATE INDEX reporting_ownquestion_task_id_9697a05d ON public.reporting_ownquestion USING btree (task_id);

CREATE INDEX reporting_participation_author_id_59f1ab86 ON public.reporting_participation USING btree (author_id);

CREATE INDEX reporting_participation_case_id_5b2cdd3b ON public.reporting_participation USING btree (case_id);

CREATE INDEX reporting_participation_district_id_42c63c09 ON public.reporting_participation USING btree (district_id);

CREATE INDEX reporting_participation_household_id_deef6652 ON public.reporting_participation USING btree (household_id);

CREATE INDEX reporting_participation_network_id_964915bc ON public.reporting_participation USING btree (network_id);

CREATE INDEX reporting_participation_organisation_id_6137c188 ON public.reporting_participation USING btree (organisation_id);

CREATE INDEX reporting_participation_person_id_a86e97bd ON public.reporting_participation USING btree (person_id);

CREATE INDEX reporting_participation_programme_id_8e7d82f0 ON public.reporting_participation USING btree (programme_id);

CREATE UNIQUE INDEX reporting_participation_with_network ON public.reporting_participation USING btree (id, network_id);

CREATE INDEX reporting_plannedquestion_asker_id_ba3842a3 ON public.reporting_plannedquestion USING btree (asker_id);

CREATE INDEX reporting_plannedquestion_author_id_29261582 ON public.reporting_plannedquestion USING btree (author_id);

CREATE INDEX reporting_plannedquestion_network_id_5f08bb6c ON public.reporting_plannedquestion USING btree (network_id);

CREATE INDEX reporting_plannedquestion_task_id_f6bf891d ON public.reporting_plannedquestion USING btree (task_id);

CREATE INDEX reporting_projectshare_membership_id_da88bdaa ON public.reporting_projectshare USING btree (membership_id);

CREATE INDEX reporting_projectshare_network_id_b57f18a5 ON public.reporting_projectshare USING btree (network_id);

CREATE INDEX reporting_projectshare_programme_id_87694a33 ON public.reporting_projectshare USING btree (programme_id);

CREATE INDEX reporting_sheet_network_id_72b2e6d5 ON public.reporting_sheet USING btree (network_id);

CREATE INDEX reporting_snapshot_author_id_dca84a72 ON public.reporting_snapshot USING btree (author_id);

CREATE INDEX reporting_snapshot_network_id_42aacd3e ON public.reporting_snapshot USING btree (network_id);

CREATE INDEX reporting_snapshot_programme_id_caf6434d ON public.reporting_snapshot USING btree (programme_id);

CREATE UNIQUE INDEX reporting_snapshot_with_network ON public.reporting_snapshot USING btree (id, network_id);

CREATE INDEX reporting_snapshotrow_network_id_c8da9f3a ON public.reporting_snapshotrow USING btree (network_id);

CREATE INDEX reporting_snapshotrow_snapshot_id_fcd2bd27 ON public.reporting_snapshotrow USING btree (snapshot_id);

CREATE INDEX reporting_timeline_network_id_5d5d8d88 ON public.reporting_timeline USING btree (network_id);

CREATE INDEX reporting_timeline_programme_id_306d3724 ON public.reporting_timeline USING btree (programme_id);

CREATE INDEX reporting_timeline_sheet_id_ae3def6f ON public.reporting_timeline USING btree (sheet_id);

CREATE INDEX reporting_timesheet_approved_by_id_0c482bb8 ON public.reporting_timesheet USING btree (approved_by_id);

CREATE INDEX reporting_timesheet_membership_id_37e2cb8b ON public.reporting_timesheet USING btree (membership_id);

CREATE INDEX reporting_timesheet_network_id_555f14ae ON public.reporting_timesheet USING btree (network_id);

CREATE UNIQUE INDEX reporting_timesheet_with_network ON public.reporting_timesheet USING btree (id, network_id);

CREATE INDEX reporting_withdrawal_network_id_1004dac2 ON public.reporting_withdrawal USING btree (network_id);

CREATE INDEX reporting_withdrawal_organisation_id_ebfc57e2 ON public.reporting_withdrawal USING btree (organisation_id);

CREATE INDEX reporting_withdrawal_programme_id_e3a0df05 ON public.reporting_withdrawal USING btree (programme_id);

CREATE INDEX review_by_case ON public.casework_goalreview USING btree (case_id, held_on DESC);

CREATE UNIQUE INDEX review_request_is_unique ON public.casework_goalreview USING btree (case_id, request_key) WHERE (NOT ((request_key)::text = ''::text));

CREATE INDEX revision_by_time ON public.directory_revision USING btree (network_id, at);

CREATE UNIQUE INDEX role_key_once_per_holder ON public.vault_wrappedkey USING btree (pair_id, holder_id) WHERE (pair_id IS NOT NULL);

CREATE INDEX screening_foreseen_network_id_812d31e3 ON public.screening_foreseen USING btree (network_id);

CREATE INDEX screening_foreseen_outlook_id_7773f593 ON public.screening_foreseen USING btree (outlook_id);

CREATE INDEX screening_foreseen_settled_by_id_ad504d21 ON public.screening_foreseen USING btree (settled_by_id);

CREATE INDEX screening_outlook_made_by_id_bdfb7140 ON public.screening_outlook USING btree (made_by_id);

CREATE INDEX screening_outlook_network_id_2ff8bb2c ON public.screening_outlook USING btree (network_id);

CREATE UNIQUE INDEX screening_outlook_with_network ON public.screening_outlook USING btree (id, network_id);

CREATE INDEX screening_record_household_id_a4ca3dae ON public.screening_record USING btree (household_id);

CREATE INDEX screening_record_kept_by_id_c5044375 ON public.screening_record USING btree (kept_by_id);

CREATE INDEX screening_record_network_id_a432ef57 ON public.screening_record USING btree (network_id);

CREATE INDEX screening_rulefile_network_id_0be47373 ON public.screening_rulefile USING btree (network_id);

CREATE UNIQUE INDEX seat_is_given_once ON public.appointments_registration USING btree (group_id, seat) WHERE (NOT (seat IS NULL));

CREATE INDEX service_by_name ON public.directory_service USING btree (network_id, search_name, id);

CREATE INDEX service_embedded ON public.directory_service USING btree (network_id, embedded_at);

CREATE INDEX service_ends ON public.directory_service USING btree (network_id, valid_until);

CREATE INDEX service_has_word ON public.directory_service USING gin (string_to_array(search_words, ' '::text)) WITH (gin_pending_list_limit='512');

CREATE INDEX service_modified ON public.directory_service USING btree (network_id, modified_at);

CREATE INDEX service_search ON public.directory_service USING gin (search_vector) WITH (gin_pending_list_limit='512');

CREATE INDEX service_to_review ON public.directory_service USING btree (network_id, review_on);

CREATE INDEX share_by_person ON public.reporting_projectshare USING btree (membership_id, starts);

CREATE INDEX sheet_by_month ON public.reporting_timesheet USING btree (month, state);

CREATE UNIQUE INDEX signed_on_once_a_line ON public.appointments_linepresence USING btree (hotline_id, membership_id) WHERE (until IS NULL);

CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);

CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);

CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);

CREATE INDEX staff_bucket_full_at_9823fb26 ON public.staff_bucket USING btree (full_at);

CREATE INDEX staff_bucket_key_9ec8b32b_like ON public.staff_bucket USING btree (key varchar_pattern_ops);

CREATE INDEX staff_invitation_invited_by_id_d115cf2a ON public.staff_invitation USING btree (invited_by_id);

CREATE INDEX staff_invitation_network_id_9cd5c405 ON public.staff_invitation USING btree (network_id);

CREATE INDEX staff_invitation_organisation_id_25ce371d ON public.staff_invitation USING btree (organisation_id);

CREATE INDEX staff_invitation_secret_hash_c1e68ebb_like ON public.staff_invitation USING btree (secret_hash varchar_pattern_ops);

CREATE INDEX staff_remark_network_id_d93e8485 ON public.staff_remark USING btree (network_id);

CREATE INDEX staff_session_expire_date_79c4f472 ON public.staff_session USING btree (expire_date);

CREATE INDEX staff_session_session_key_f4c8c19c_like ON public.staff_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX staff_session_user_id_fb5282fb ON public.staff_session USING btree (user_id);

CREATE INDEX step_by_case ON public.casework_step USING btree (case_id, done_on DESC);

CREATE INDEX step_open ON public.casework_step USING btree (case_id) WHERE (done_on IS NULL);

CREATE UNIQUE INDEX step_request_is_unique ON public.casework_step USING btree (case_id, request_key) WHERE (NOT ((request_key)::text = ''::text));

CREATE INDEX street_trigram ON public.network_streetrange USING gin (lower((street)::text) public.gin_trgm_ops);

CREATE INDEX takeaway_by_end ON public.clients_takeaway USING btree (expires_at);

CREATE INDEX task_by_case ON public.casework_task USING btree (case_id);

CREATE INDEX task_open ON public.casework_task USING btree (assignee_id, due_on) WHERE (done_on IS NULL);

CREATE UNIQUE INDEX task_request_is_unique ON public.casework_task USING btree (case_id, request_key) WHERE (NOT ((request_key)::text = ''::text));

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX vault_datakey_network_id_1910f2bc ON public.vault_datakey USING btree (network_id);

CREATE UNIQUE INDEX vault_datakey_with_network ON public.vault_datakey USING btree (id, network_id);

CREATE INDEX vault_keypair_network_id_da736735 ON public.vault_keypair USING btree (network_id);

CREATE INDEX vault_keypair_organisation_id_be9f22a4 ON public.vault_keypair USING btree (organisation_id);

CREATE INDEX vault_keypair_user_id_fefc03bd ON public.vault_keypair USING btree (user_id);

CREATE UNIQUE INDEX vault_keypair_with_network ON public.vault_keypair USING btree (id, network_id);

CREATE INDEX vault_recoverysetup_first_id_5211909a ON public.vault_recoverysetup USING btree (first_id);

CREATE INDEX vault_recoverysetup_network_id_2662ea36 ON public.vault_recoverysetup USING btree (network_id);

CREATE INDEX vault_recoverysetup_organisation_id_300afbc3 ON public.vault_recoverysetup USING btree (organisation_id);

CREATE INDEX vault_recoverysetup_second_id_f8eec5f8 ON public.vault_recoverysetup USING btree (second_id);

CREATE INDEX vault_recoveryuse_network_id_9cb6872f ON public.vault_recoveryuse USING btree (network_id);

CREATE INDEX vault_recoveryuse_pair_id_4f38ae8e ON public.vault_recoveryuse USING btree (pair_id);

CREATE INDEX vault_recoveryuse_user_id_d676b38b ON public.vault_recoveryuse USING btree (user_id);

CREATE INDEX vault_wrappedkey_data_key_id_6c666764 ON public.vault_wrappedkey USING btree (data_key_id);

CREATE INDEX vault_wrappedkey_holder_id_c180f606 ON public.vault_wrappedkey USING btree (holder_id);

CREATE INDEX vault_wrappedkey_network_id_71007fc7 ON public.vault_wrappedkey USING btree (network_id);

CREATE INDEX vault_wrappedkey_pair_id_724d6a0d ON public.vault_wrappedkey USING btree (pair_id);

CREATE INDEX waiting_now ON public.appointments_waitingentry USING btree (network_id, created_at) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX web_address_by_check ON public.directory_webaddress USING btree (network_id, checked_at);

CREATE INDEX word_trigram ON public.directory_word USING gin (word public.gin_trgm_ops) WITH (gin_pending_list_limit='512');

CREATE TRIGGER audit_event_is_append_only BEFORE DELETE OR UPDATE ON public.audit_event FOR EACH ROW EXECUTE FUNCTION public.audit_event_is_append_only();

CREATE TRIGGER audit_head_is_append_only BEFORE DELETE OR UPDATE ON public.audit_sealedhead FOR EACH ROW EXECUTE FUNCTION public.audit_head_is_append_only();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_authority DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_office DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_office_districts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_pair_changed('directory_office', 'office_id');

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_paper DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_service DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_service_districts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_pair_changed('directory_service', 'service_id');

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_service_papers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_pair_changed('directory_service', 'service_id');

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_service_topics DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_pair_changed('directory_service', 'service_id');

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_serviceatlocation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_situation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_situation_topics DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_pair_changed('directory_situation', 'situation_id');

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.directory_topic DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.network_district DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.network_locality DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.network_organisation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR DELETE OR UPDATE ON public.network_site DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.directory_row_changed();

CREATE TRIGGER directory_words_of_changed AFTER UPDATE OF search_words ON public.directory_service FOR EACH ROW WHEN ((old.search_words IS DISTINCT FROM new.search_words)) EXECUTE FUNCTION public.directory_words_of_changed();

CREATE TRIGGER directory_words_of_new AFTER INSERT ON public.directory_service REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.directory_words_of_new();

CREATE TRIGGER part_takes_its_key AFTER DELETE ON public.casework_compartment FOR EACH ROW WHEN ((old.key_id IS NOT NULL)) EXECUTE FUNCTION public.vault_key_goes_along();

CREATE TRIGGER person_takes_their_pair AFTER DELETE ON public.clients_person FOR EACH ROW EXECUTE FUNCTION public.vault_pair_goes_along();

CREATE TRIGGER referral_takes_its_key AFTER DELETE ON public.referrals_referral FOR EACH ROW WHEN ((old.key_id IS NOT NULL)) EXECUTE FUNCTION public.vault_key_goes_along();

CREATE CONSTRAINT TRIGGER release_has_a_speaker AFTER INSERT OR UPDATE ON public.consent_release DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.consent_release_has_a_speaker();

CREATE TRIGGER reporting_edition_is_append_only BEFORE DELETE OR UPDATE ON public.reporting_edition FOR EACH ROW EXECUTE FUNCTION public.reporting_snapshot_is_append_only();

CREATE TRIGGER reporting_snapshot_is_append_only BEFORE DELETE OR UPDATE ON public.reporting_snapshot FOR EACH ROW EXECUTE FUNCTION public.reporting_snapshot_only_ends();

CREATE TRIGGER reporting_snapshotrow_is_append_only BEFORE DELETE OR UPDATE ON public.reporting_snapshotrow FOR EACH ROW EXECUTE FUNCTION public.reporting_snapshotrow_ends_with_its_head();

CREATE CONSTRAINT TRIGGER speaker_is_left AFTER INSERT OR DELETE OR UPDATE ON public.consent_releasespeaker DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.consent_release_has_a_speaker();

CREATE TRIGGER withdrawal_drops_outlook AFTER UPDATE OF withdrawn_at, ends_at ON public.consent_consent FOR EACH ROW WHEN (((new.purpose)::text = 'outlook'::text)) EXECUTE FUNCTION public.screening_drop_outlook();

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_absence
    ADD CONSTRAINT appointments_absence_deputy_id_network FOREIGN KEY (deputy_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_absence
    ADD CONSTRAINT appointments_absence_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_absence
    ADD CONSTRAINT appointments_absence_network_id_c024f171_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_attendance
    ADD CONSTRAINT appointments_attenda_network_id_0cbfc929_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_attendance
    ADD CONSTRAINT appointments_attendance_marked_by_id_network FOREIGN KEY (marked_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_attendance
    ADD CONSTRAINT appointments_attendance_registration_id_network FOREIGN KEY (registration_id, network_id) REFERENCES public.appointments_registration(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_attendance
    ADD CONSTRAINT appointments_attendance_session_id_network FOREIGN KEY (session_id, network_id) REFERENCES public.appointments_session(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_network_id_09fe2990_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_bookingpolicy
    ADD CONSTRAINT appointments_booking_network_id_2aa7ebb5_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_replaces_id_network FOREIGN KEY (replaces_id, network_id) REFERENCES public.appointments_booking(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_session_id_network FOREIGN KEY (session_id, network_id) REFERENCES public.appointments_session(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_booking
    ADD CONSTRAINT appointments_booking_waiting_id_network FOREIGN KEY (waiting_id, network_id) REFERENCES public.appointments_waitingentry(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_calendarfeed
    ADD CONSTRAINT appointments_calenda_network_id_ae77c261_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_calendarfeed
    ADD CONSTRAINT appointments_calendarfeed_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callattempt
    ADD CONSTRAINT appointments_callatt_network_id_2426ca74_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callattempt
    ADD CONSTRAINT appointments_callattempt_callback_id_network FOREIGN KEY (callback_id, network_id) REFERENCES public.appointments_callback(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callattempt
    ADD CONSTRAINT appointments_callattempt_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_about_id_network FOREIGN KEY (about_id, network_id) REFERENCES public.appointments_booking(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_district_id_network FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_network_id_8327c857_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_callback
    ADD CONSTRAINT appointments_callback_taken_by_id_network FOREIGN KEY (taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_closure
    ADD CONSTRAINT appointments_closure_network_id_20995420_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_closure
    ADD CONSTRAINT appointments_closure_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_closure
    ADD CONSTRAINT appointments_closure_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_group
    ADD CONSTRAINT appointments_group_network_id_7692d787_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_group
    ADD CONSTRAINT appointments_group_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_group
    ADD CONSTRAINT appointments_group_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreter
    ADD CONSTRAINT appointments_interpr_network_id_3f23f43a_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreterassignment
    ADD CONSTRAINT appointments_interpr_network_id_d7e123d8_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreter
    ADD CONSTRAINT appointments_interpreter_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreterassignment
    ADD CONSTRAINT appointments_interpreterassignment_asked_by_id_network FOREIGN KEY (asked_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreterassignment
    ADD CONSTRAINT appointments_interpreterassignment_booking_id_network FOREIGN KEY (booking_id, network_id) REFERENCES public.appointments_booking(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreterassignment
    ADD CONSTRAINT appointments_interpreterassignment_declaration_id_network FOREIGN KEY (declaration_id, network_id) REFERENCES public.appointments_secrecydeclaration(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_interpreterassignment
    ADD CONSTRAINT appointments_interpreterassignment_interpreter_id_network FOREIGN KEY (interpreter_id, network_id) REFERENCES public.appointments_interpreter(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_lineduty
    ADD CONSTRAINT appointments_lineduty_hotline_id_network FOREIGN KEY (hotline_id, network_id) REFERENCES public.network_hotline(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_lineduty
    ADD CONSTRAINT appointments_lineduty_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_lineduty
    ADD CONSTRAINT appointments_lineduty_network_id_5405d784_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_linepresence
    ADD CONSTRAINT appointments_linepre_network_id_22513b34_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_linepresence
    ADD CONSTRAINT appointments_linepresence_hotline_id_network FOREIGN KEY (hotline_id, network_id) REFERENCES public.network_hotline(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_linepresence
    ADD CONSTRAINT appointments_linepresence_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_registration
    ADD CONSTRAINT appointments_registr_network_id_df68da21_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_registration
    ADD CONSTRAINT appointments_registration_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_registration
    ADD CONSTRAINT appointments_registration_group_id_network FOREIGN KEY (group_id, network_id) REFERENCES public.appointments_group(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_roster
    ADD CONSTRAINT appointments_roster_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_roster
    ADD CONSTRAINT appointments_roster_network_id_50a4107c_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_roster
    ADD CONSTRAINT appointments_roster_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_secrecydeclaration
    ADD CONSTRAINT appointments_secrecy_network_id_972b95f4_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_secrecydeclaration
    ADD CONSTRAINT appointments_secrecydeclaration_interpreter_id_network FOREIGN KEY (interpreter_id, network_id) REFERENCES public.appointments_interpreter(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_secrecydeclaration
    ADD CONSTRAINT appointments_secrecydeclaration_recorded_by_id_network FOREIGN KEY (recorded_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_session
    ADD CONSTRAINT appointments_session_group_id_network FOREIGN KEY (group_id, network_id) REFERENCES public.appointments_group(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_session
    ADD CONSTRAINT appointments_session_leader_id_network FOREIGN KEY (leader_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_session
    ADD CONSTRAINT appointments_session_network_id_f7620e5f_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_session
    ADD CONSTRAINT appointments_session_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_talklength
    ADD CONSTRAINT appointments_talklen_network_id_9486ff4d_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_travel
    ADD CONSTRAINT appointments_travel_network_id_92e3d4f2_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_travel
    ADD CONSTRAINT appointments_travel_other_id_network FOREIGN KEY (other_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_travel
    ADD CONSTRAINT appointments_travel_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT appointments_waiting_network_id_2ce35649_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT appointments_waitingentry_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT appointments_waitingentry_district_id_network FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT appointments_waitingentry_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_waitingentry
    ADD CONSTRAINT appointments_waitingentry_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_workload
    ADD CONSTRAINT appointments_workload_deputy_id_network FOREIGN KEY (deputy_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_workload
    ADD CONSTRAINT appointments_workload_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.appointments_workload
    ADD CONSTRAINT appointments_workload_network_id_18ecb5ff_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_network_id_c0c774c8_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_sealedhead
    ADD CONSTRAINT audit_sealedhead_network_id_8ad86045_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_verification
    ADD CONSTRAINT audit_verification_network_id_7f6cc47d_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_application
    ADD CONSTRAINT casework_application_coaching_id_network FOREIGN KEY (coaching_id, network_id) REFERENCES public.casework_coaching(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_application
    ADD CONSTRAINT casework_application_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_application
    ADD CONSTRAINT casework_application_network_id_74c142fa_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_capacity
    ADD CONSTRAINT casework_capacity_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_capacity
    ADD CONSTRAINT casework_capacity_network_id_785af3f3_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_careerentry
    ADD CONSTRAINT casework_careerentry_coaching_id_network FOREIGN KEY (coaching_id, network_id) REFERENCES public.casework_coaching(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_careerentry
    ADD CONSTRAINT casework_careerentry_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_careerentry
    ADD CONSTRAINT casework_careerentry_network_id_3338af3f_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_careerskill
    ADD CONSTRAINT casework_careerskill_coaching_id_network FOREIGN KEY (coaching_id, network_id) REFERENCES public.casework_coaching(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_careerskill
    ADD CONSTRAINT casework_careerskill_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_careerskill
    ADD CONSTRAINT casework_careerskill_network_id_a80dd659_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_counsellor_id_network FOREIGN KEY (counsellor_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_deputy_id_network FOREIGN KEY (deputy_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_enquiry_id_network FOREIGN KEY (enquiry_id, network_id) REFERENCES public.casework_enquiry(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_household_id_network FOREIGN KEY (household_id, network_id) REFERENCES public.clients_household(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_merged_into_id_network FOREIGN KEY (merged_into_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_network_id_b8ec810a_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_case
    ADD CONSTRAINT casework_case_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casecontact
    ADD CONSTRAINT casework_casecontact_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casecontact
    ADD CONSTRAINT casework_casecontact_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casecontact
    ADD CONSTRAINT casework_casecontact_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casecontact
    ADD CONSTRAINT casework_casecontact_network_id_d4556880_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_deadline_id_network FOREIGN KEY (deadline_id, network_id) REFERENCES public.casework_deadline(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_network_id_0e0496fc_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casefile
    ADD CONSTRAINT casework_casefile_seen_by_id_network FOREIGN KEY (seen_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casepaper
    ADD CONSTRAINT casework_casepaper_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casepaper
    ADD CONSTRAINT casework_casepaper_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casepaper
    ADD CONSTRAINT casework_casepaper_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_casepaper
    ADD CONSTRAINT casework_casepaper_network_id_950d3275_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_network_id_18463123_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_office_id_network FOREIGN KEY (office_id, network_id) REFERENCES public.directory_office(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claim
    ADD CONSTRAINT casework_claim_renews_id_network FOREIGN KEY (renews_id, network_id) REFERENCES public.casework_claim(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT casework_claimmove_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT casework_claimmove_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT casework_claimmove_claim_id_network FOREIGN KEY (claim_id, network_id) REFERENCES public.casework_claim(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT casework_claimmove_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_claimmove
    ADD CONSTRAINT casework_claimmove_network_id_1da54840_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_closing
    ADD CONSTRAINT casework_closing_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_closing
    ADD CONSTRAINT casework_closing_closed_by_id_network FOREIGN KEY (closed_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_closing
    ADD CONSTRAINT casework_closing_network_id_993eb43d_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coaching
    ADD CONSTRAINT casework_coaching_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coaching
    ADD CONSTRAINT casework_coaching_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coaching
    ADD CONSTRAINT casework_coaching_network_id_ec569824_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coaching
    ADD CONSTRAINT casework_coaching_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT casework_compartment_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT casework_compartment_key_id_network FOREIGN KEY (key_id, network_id) REFERENCES public.vault_datakey(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT casework_compartment_network_id_03d6a37c_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_compartment
    ADD CONSTRAINT casework_compartment_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT casework_coverletter_application_id_network FOREIGN KEY (application_id, network_id) REFERENCES public.casework_application(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT casework_coverletter_coaching_id_network FOREIGN KEY (coaching_id, network_id) REFERENCES public.casework_coaching(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT casework_coverletter_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverletter
    ADD CONSTRAINT casework_coverletter_network_id_755f818e_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverversion
    ADD CONSTRAINT casework_coverversion_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverversion
    ADD CONSTRAINT casework_coverversion_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverversion
    ADD CONSTRAINT casework_coverversion_letter_id_network FOREIGN KEY (letter_id, network_id) REFERENCES public.casework_coverletter(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_coverversion
    ADD CONSTRAINT casework_coverversion_network_id_09ebcaec_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_deadline
    ADD CONSTRAINT casework_deadline_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_deadline
    ADD CONSTRAINT casework_deadline_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_deadline
    ADD CONSTRAINT casework_deadline_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_deadline
    ADD CONSTRAINT casework_deadline_ended_by_id_network FOREIGN KEY (ended_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_deadline
    ADD CONSTRAINT casework_deadline_network_id_5000f750_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyac_network_id_37c47afd_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_emergencyaccess
    ADD CONSTRAINT casework_emergencyaccess_seen_by_id_network FOREIGN KEY (seen_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_booking_id_network FOREIGN KEY (booking_id, network_id) REFERENCES public.appointments_booking(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_callback_id_network FOREIGN KEY (callback_id, network_id) REFERENCES public.appointments_callback(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_district_id_network FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_locality_id_network FOREIGN KEY (locality_id, network_id) REFERENCES public.network_locality(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_network_id_1f1d0b55_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_registration_id_network FOREIGN KEY (registration_id, network_id) REFERENCES public.appointments_registration(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_taken_by_id_network FOREIGN KEY (taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_enquiry
    ADD CONSTRAINT casework_enquiry_waiting_id_network FOREIGN KEY (waiting_id, network_id) REFERENCES public.appointments_waitingentry(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_feedback
    ADD CONSTRAINT casework_feedback_network_id_5d23779b_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_feedback
    ADD CONSTRAINT casework_feedback_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_filechunk
    ADD CONSTRAINT casework_filechunk_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_filechunk
    ADD CONSTRAINT casework_filechunk_file_id_network FOREIGN KEY (file_id, network_id) REFERENCES public.casework_casefile(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_filechunk
    ADD CONSTRAINT casework_filechunk_network_id_cb3cf4dd_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goal
    ADD CONSTRAINT casework_goal_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goal
    ADD CONSTRAINT casework_goal_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goal
    ADD CONSTRAINT casework_goal_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goal
    ADD CONSTRAINT casework_goal_network_id_fbd9c858_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goalreview
    ADD CONSTRAINT casework_goalreview_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goalreview
    ADD CONSTRAINT casework_goalreview_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goalreview
    ADD CONSTRAINT casework_goalreview_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goalreview
    ADD CONSTRAINT casework_goalreview_goal_id_network FOREIGN KEY (goal_id, network_id) REFERENCES public.casework_goal(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_goalreview
    ADD CONSTRAINT casework_goalreview_network_id_444dbabe_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_handover
    ADD CONSTRAINT casework_handover_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_handover
    ADD CONSTRAINT casework_handover_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_handover
    ADD CONSTRAINT casework_handover_giver_id_network FOREIGN KEY (giver_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_handover
    ADD CONSTRAINT casework_handover_network_id_b7eb42ac_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_handover
    ADD CONSTRAINT casework_handover_taker_id_network FOREIGN KEY (taker_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_application_id_network FOREIGN KEY (application_id, network_id) REFERENCES public.casework_application(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_interview
    ADD CONSTRAINT casework_interview_network_id_8c62b535_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT casework_letter_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT casework_letter_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT casework_letter_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT casework_letter_deadline_id_network FOREIGN KEY (deadline_id, network_id) REFERENCES public.casework_deadline(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letter
    ADD CONSTRAINT casework_letter_network_id_47f20457_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT casework_lettersendi_network_id_0ab00ad5_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT casework_lettersending_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT casework_lettersending_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT casework_lettersending_letter_id_network FOREIGN KEY (letter_id, network_id) REFERENCES public.casework_letter(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lettersending
    ADD CONSTRAINT casework_lettersending_version_id_network FOREIGN KEY (version_id, network_id) REFERENCES public.casework_letterversion(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterversion
    ADD CONSTRAINT casework_letterversi_network_id_27aacbc1_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterversion
    ADD CONSTRAINT casework_letterversion_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterversion
    ADD CONSTRAINT casework_letterversion_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterversion
    ADD CONSTRAINT casework_letterversion_letter_id_network FOREIGN KEY (letter_id, network_id) REFERENCES public.casework_letter(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterwording
    ADD CONSTRAINT casework_letterwordi_network_id_d6440eb9_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterwording
    ADD CONSTRAINT casework_letterwording_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_letterwording
    ADD CONSTRAINT casework_letterwording_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lifeevent
    ADD CONSTRAINT casework_lifeevent_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lifeevent
    ADD CONSTRAINT casework_lifeevent_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lifeevent
    ADD CONSTRAINT casework_lifeevent_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_lifeevent
    ADD CONSTRAINT casework_lifeevent_network_id_329011ac_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.casework_casecontact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_note
    ADD CONSTRAINT casework_note_network_id_39042bf6_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_made_by_id_network FOREIGN KEY (made_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_network_id_eba4652c_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_pair_id_network FOREIGN KEY (pair_id, network_id) REFERENCES public.vault_keypair(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownaccess
    ADD CONSTRAINT casework_ownaccess_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT casework_ownmessage_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT casework_ownmessage_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT casework_ownmessage_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT casework_ownmessage_network_id_1e40d820_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownmessage
    ADD CONSTRAINT casework_ownmessage_step_id_network FOREIGN KEY (step_id, network_id) REFERENCES public.casework_step(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownsession
    ADD CONSTRAINT casework_ownsession_access_id_network FOREIGN KEY (access_id, network_id) REFERENCES public.casework_ownaccess(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ownsession
    ADD CONSTRAINT casework_ownsession_network_id_4851ac7b_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT casework_placement_application_id_network FOREIGN KEY (application_id, network_id) REFERENCES public.casework_application(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT casework_placement_coaching_id_network FOREIGN KEY (coaching_id, network_id) REFERENCES public.casework_coaching(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT casework_placement_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_placement
    ADD CONSTRAINT casework_placement_network_id_01bec8cd_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_plantaking
    ADD CONSTRAINT casework_plantaking_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_plantaking
    ADD CONSTRAINT casework_plantaking_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_plantaking
    ADD CONSTRAINT casework_plantaking_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_plantaking
    ADD CONSTRAINT casework_plantaking_network_id_4d85f33b_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_rating
    ADD CONSTRAINT casework_rating_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_rating
    ADD CONSTRAINT casework_rating_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_rating
    ADD CONSTRAINT casework_rating_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_rating
    ADD CONSTRAINT casework_rating_network_id_10e62e3c_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ratingline
    ADD CONSTRAINT casework_ratingline_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ratingline
    ADD CONSTRAINT casework_ratingline_network_id_e6cc26ab_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_ratingline
    ADD CONSTRAINT casework_ratingline_rating_id_network FOREIGN KEY (rating_id, network_id) REFERENCES public.casework_rating(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_resume
    ADD CONSTRAINT casework_resume_coaching_id_network FOREIGN KEY (coaching_id, network_id) REFERENCES public.casework_coaching(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_resume
    ADD CONSTRAINT casework_resume_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_resume
    ADD CONSTRAINT casework_resume_network_id_60ea5a5e_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_step
    ADD CONSTRAINT casework_step_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_step
    ADD CONSTRAINT casework_step_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_step
    ADD CONSTRAINT casework_step_goal_id_network FOREIGN KEY (goal_id, network_id) REFERENCES public.casework_goal(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_step
    ADD CONSTRAINT casework_step_network_id_bf9b431a_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_assignee_id_network FOREIGN KEY (assignee_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_done_by_id_network FOREIGN KEY (done_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_given_by_id_network FOREIGN KEY (given_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_task
    ADD CONSTRAINT casework_task_network_id_7d377793_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_texttemplate
    ADD CONSTRAINT casework_texttemplate_network_id_6f85e01f_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_texttemplate
    ADD CONSTRAINT casework_texttemplate_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_tie
    ADD CONSTRAINT casework_tie_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_tie
    ADD CONSTRAINT casework_tie_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.casework_tie
    ADD CONSTRAINT casework_tie_network_id_8dc4a6d8_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_network_id_1345d12e_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_household
    ADD CONSTRAINT clients_household_network_id_f3831da9_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_household
    ADD CONSTRAINT clients_household_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_network_id_b8619314_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_nameentry
    ADD CONSTRAINT clients_nameentry_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_person
    ADD CONSTRAINT clients_person_household_id_network FOREIGN KEY (household_id, network_id) REFERENCES public.clients_household(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_person
    ADD CONSTRAINT clients_person_network_id_8c48fe79_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_takeaway
    ADD CONSTRAINT clients_takeaway_network_id_ec13efe0_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.config_taskrun
    ADD CONSTRAINT config_taskrun_network_id_76d932ba_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_citytext
    ADD CONSTRAINT consent_citytext_network_id_669c8dfe_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_citytext
    ADD CONSTRAINT consent_citytext_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_network_id_a1f0d256_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent_recipients
    ADD CONSTRAINT consent_consent_recipients_consent_id FOREIGN KEY (consent_id, network_id) REFERENCES public.consent_consent(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent_recipients
    ADD CONSTRAINT consent_consent_recipients_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent_recipients
    ADD CONSTRAINT consent_consent_recipients_organisation_id FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_taken_by_id_network FOREIGN KEY (taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_withdrawal_taken_by_id_network FOREIGN KEY (withdrawal_taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_network_id_dff4af88_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_taken_by_id_network FOREIGN KEY (taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_network_id_7fe79193_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_taken_by_id_network FOREIGN KEY (taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_to_organisation_id_network FOREIGN KEY (to_organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_withdrawal_taken_by_id_network FOREIGN KEY (withdrawal_taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_releasespeaker
    ADD CONSTRAINT consent_releasespeak_network_id_d14c3ffa_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_releasespeaker
    ADD CONSTRAINT consent_releasespeaker_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_releasespeaker
    ADD CONSTRAINT consent_releasespeaker_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_releasespeaker
    ADD CONSTRAINT consent_releasespeaker_release_id_network FOREIGN KEY (release_id, network_id) REFERENCES public.consent_release(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_authority
    ADD CONSTRAINT directory_authority_network_id_c07f44e7_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_confirmationlink
    ADD CONSTRAINT directory_confirmati_network_id_58d79114_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_confirmationlink
    ADD CONSTRAINT directory_confirmationlink_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_edition
    ADD CONSTRAINT directory_edition_network_id_245944e3_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_examplehousehold
    ADD CONSTRAINT directory_examplehou_network_id_fc6a3ac5_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT directory_office_authority_id_network FOREIGN KEY (authority_id, network_id) REFERENCES public.directory_authority(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office_districts
    ADD CONSTRAINT directory_office_districts_district_id FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office_districts
    ADD CONSTRAINT directory_office_districts_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office_districts
    ADD CONSTRAINT directory_office_districts_office_id FOREIGN KEY (office_id, network_id) REFERENCES public.directory_office(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT directory_office_network_id_dc957ed9_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT directory_office_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT directory_office_otherwise_id_network FOREIGN KEY (otherwise_id, network_id) REFERENCES public.directory_authority(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_office
    ADD CONSTRAINT directory_office_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_paper
    ADD CONSTRAINT directory_paper_authority_id_network FOREIGN KEY (authority_id, network_id) REFERENCES public.directory_authority(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_paper
    ADD CONSTRAINT directory_paper_network_id_a678ad00_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_paper
    ADD CONSTRAINT directory_paper_service_id_network FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_report
    ADD CONSTRAINT directory_report_network_id_7f06aaf6_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_report
    ADD CONSTRAINT directory_report_service_id_network FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_network_id_379ca4c4_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_revision
    ADD CONSTRAINT directory_revision_service_id_network FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_searchgap
    ADD CONSTRAINT directory_searchgap_network_id_e5426583_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_authority_id_network FOREIGN KEY (authority_id, network_id) REFERENCES public.directory_authority(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_districts
    ADD CONSTRAINT directory_service_districts_district_id FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_districts
    ADD CONSTRAINT directory_service_districts_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_districts
    ADD CONSTRAINT directory_service_districts_service_id FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_network_id_b1dd4aca_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_papers
    ADD CONSTRAINT directory_service_papers_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_papers
    ADD CONSTRAINT directory_service_papers_paper_id FOREIGN KEY (paper_id, network_id) REFERENCES public.directory_paper(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_papers
    ADD CONSTRAINT directory_service_papers_service_id FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_topics
    ADD CONSTRAINT directory_service_topics_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_topics
    ADD CONSTRAINT directory_service_topics_service_id FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_service_topics
    ADD CONSTRAINT directory_service_topics_topic_id FOREIGN KEY (topic_id, network_id) REFERENCES public.directory_topic(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_serviceatlocation
    ADD CONSTRAINT directory_serviceatl_network_id_37e3cd5a_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_serviceatlocation
    ADD CONSTRAINT directory_serviceatlocation_office_id_network FOREIGN KEY (office_id, network_id) REFERENCES public.directory_office(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_serviceatlocation
    ADD CONSTRAINT directory_serviceatlocation_service_id_network FOREIGN KEY (service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_serviceatlocation
    ADD CONSTRAINT directory_serviceatlocation_site_id_network FOREIGN KEY (site_id, network_id) REFERENCES public.network_site(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_situation
    ADD CONSTRAINT directory_situation_network_id_1b569e16_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_situation_topics
    ADD CONSTRAINT directory_situation_topics_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_situation_topics
    ADD CONSTRAINT directory_situation_topics_situation_id FOREIGN KEY (situation_id, network_id) REFERENCES public.directory_situation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_situation_topics
    ADD CONSTRAINT directory_situation_topics_topic_id FOREIGN KEY (topic_id, network_id) REFERENCES public.directory_topic(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_topic
    ADD CONSTRAINT directory_topic_network_id_31678c05_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_webaddress
    ADD CONSTRAINT directory_webaddress_network_id_1ccf9220_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.directory_word
    ADD CONSTRAINT directory_word_network_id_d95d7656_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messaging_message
    ADD CONSTRAINT messaging_message_network_id_5c3247e4_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messaging_message
    ADD CONSTRAINT messaging_message_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messaging_message
    ADD CONSTRAINT messaging_message_settled_by_id_network FOREIGN KEY (settled_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_district
    ADD CONSTRAINT network_district_network_id_f622ec0b_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_hotline_districts
    ADD CONSTRAINT network_hotline_districts_district_id FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_hotline_districts
    ADD CONSTRAINT network_hotline_districts_hotline_id FOREIGN KEY (hotline_id, network_id) REFERENCES public.network_hotline(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_hotline_districts
    ADD CONSTRAINT network_hotline_districts_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_hotline
    ADD CONSTRAINT network_hotline_network_id_51187234_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_locality
    ADD CONSTRAINT network_locality_district_id_network FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_locality
    ADD CONSTRAINT network_locality_network_id_601917e8_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_membership_districts
    ADD CONSTRAINT network_membership_districts_district_id FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_membership_districts
    ADD CONSTRAINT network_membership_districts_membership_id FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_membership_districts
    ADD CONSTRAINT network_membership_districts_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_membership
    ADD CONSTRAINT network_membership_network_id_6ebff6df_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_membership
    ADD CONSTRAINT network_membership_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_membership
    ADD CONSTRAINT network_membership_user_id_9aa84ae2_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_organisation
    ADD CONSTRAINT network_organisation_network_id_ae24d1a6_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_programme
    ADD CONSTRAINT network_programme_network_id_9b42233a_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_programme_organisations
    ADD CONSTRAINT network_programme_organisations_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_programme_organisations
    ADD CONSTRAINT network_programme_organisations_organisation_id FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_programme_organisations
    ADD CONSTRAINT network_programme_organisations_programme_id FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_site
    ADD CONSTRAINT network_site_locality_id_network FOREIGN KEY (locality_id, network_id) REFERENCES public.network_locality(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_site
    ADD CONSTRAINT network_site_network_id_e435d656_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_site
    ADD CONSTRAINT network_site_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_streetrange
    ADD CONSTRAINT network_streetrange_locality_id_network FOREIGN KEY (locality_id, network_id) REFERENCES public.network_locality(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.network_streetrange
    ADD CONSTRAINT network_streetrange_network_id_09154c3a_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_by_id_network FOREIGN KEY (by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_network_id_3c674c44_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_correction
    ADD CONSTRAINT privacy_correction_request_id_network FOREIGN KEY (request_id, network_id) REFERENCES public.privacy_request(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_deletion
    ADD CONSTRAINT privacy_deletion_confirmed_by_id_network FOREIGN KEY (confirmed_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_deletion
    ADD CONSTRAINT privacy_deletion_network_id_8cb40afb_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_deletion
    ADD CONSTRAINT privacy_deletion_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_deletion
    ADD CONSTRAINT privacy_deletion_proposed_by_id_network FOREIGN KEY (proposed_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_deletionitem
    ADD CONSTRAINT privacy_deletionitem_deletion_id_network FOREIGN KEY (deletion_id, network_id) REFERENCES public.privacy_deletion(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_deletionitem
    ADD CONSTRAINT privacy_deletionitem_network_id_99bc583c_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_by_id_network FOREIGN KEY (by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_network_id_f8960925_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_hold
    ADD CONSTRAINT privacy_hold_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_journalentry
    ADD CONSTRAINT privacy_journalentry_network_id_c67c021b_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_redaction
    ADD CONSTRAINT privacy_redaction_network_id_cf63960f_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_redaction
    ADD CONSTRAINT privacy_redaction_request_id_network FOREIGN KEY (request_id, network_id) REFERENCES public.privacy_request(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request_also
    ADD CONSTRAINT privacy_request_also_contact_id FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request_also
    ADD CONSTRAINT privacy_request_also_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request_also
    ADD CONSTRAINT privacy_request_also_request_id FOREIGN KEY (request_id, network_id) REFERENCES public.privacy_request(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_answered_by_id_network FOREIGN KEY (answered_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_network_id_da7519bc_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_request
    ADD CONSTRAINT privacy_request_taken_by_id_network FOREIGN KEY (taken_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_restriction
    ADD CONSTRAINT privacy_restriction_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_restriction
    ADD CONSTRAINT privacy_restriction_contact_id_network FOREIGN KEY (contact_id, network_id) REFERENCES public.clients_contact(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_restriction
    ADD CONSTRAINT privacy_restriction_network_id_caad7e62_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_restriction
    ADD CONSTRAINT privacy_restriction_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_retentionrule
    ADD CONSTRAINT privacy_retentionrule_decided_by_id_network FOREIGN KEY (decided_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_retentionrule
    ADD CONSTRAINT privacy_retentionrule_network_id_f7f0db19_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_retentionrule
    ADD CONSTRAINT privacy_retentionrule_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_browser
    ADD CONSTRAINT referrals_browser_link_id_network FOREIGN KEY (link_id, network_id) REFERENCES public.referrals_link(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_browser
    ADD CONSTRAINT referrals_browser_network_id_381319ee_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_line
    ADD CONSTRAINT referrals_line_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_line
    ADD CONSTRAINT referrals_line_network_id_fc9614c0_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_line
    ADD CONSTRAINT referrals_line_referral_id_network FOREIGN KEY (referral_id, network_id) REFERENCES public.referrals_referral(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_link
    ADD CONSTRAINT referrals_link_made_by_id_network FOREIGN KEY (made_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_link
    ADD CONSTRAINT referrals_link_network_id_d1563cf0_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_link
    ADD CONSTRAINT referrals_link_referral_id_network FOREIGN KEY (referral_id, network_id) REFERENCES public.referrals_referral(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_compartment_id_network FOREIGN KEY (compartment_id, network_id) REFERENCES public.casework_compartment(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_key_id_network FOREIGN KEY (key_id, network_id) REFERENCES public.vault_datakey(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_network_id_c917aaf2_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral_releases
    ADD CONSTRAINT referrals_referral_releases_network FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral_releases
    ADD CONSTRAINT referrals_referral_releases_referral_id FOREIGN KEY (referral_id, network_id) REFERENCES public.referrals_referral(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral_releases
    ADD CONSTRAINT referrals_referral_releases_release_id FOREIGN KEY (release_id, network_id) REFERENCES public.consent_release(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_to_organisation_id_network FOREIGN KEY (to_organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_referral
    ADD CONSTRAINT referrals_referral_to_service_id_network FOREIGN KEY (to_service_id, network_id) REFERENCES public.directory_service(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_shared
    ADD CONSTRAINT referrals_shared_network_id_19d3a557_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_shared
    ADD CONSTRAINT referrals_shared_referral_id_network FOREIGN KEY (referral_id, network_id) REFERENCES public.referrals_referral(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_talk
    ADD CONSTRAINT referrals_talk_network_id_8e881cd5_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referrals_talk
    ADD CONSTRAINT referrals_talk_referral_id_network FOREIGN KEY (referral_id, network_id) REFERENCES public.referrals_referral(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_answers
    ADD CONSTRAINT reporting_answers_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_answers
    ADD CONSTRAINT reporting_answers_network_id_cd545397_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_answers
    ADD CONSTRAINT reporting_answers_participation_id_network FOREIGN KEY (participation_id, network_id) REFERENCES public.reporting_participation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_edition
    ADD CONSTRAINT reporting_edition_network_id_281fbe75_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_asker_id_network FOREIGN KEY (asker_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_done_by_id_network FOREIGN KEY (done_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_network_id_f9110cfb_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_referral_id_network FOREIGN KEY (referral_id, network_id) REFERENCES public.referrals_referral(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_enddecision
    ADD CONSTRAINT reporting_enddecision_to_programme_id_network FOREIGN KEY (to_programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_ownquestion
    ADD CONSTRAINT reporting_ownquestion_callback_id_network FOREIGN KEY (callback_id, network_id) REFERENCES public.appointments_callback(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_ownquestion
    ADD CONSTRAINT reporting_ownquestion_network_id_19205820_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_ownquestion
    ADD CONSTRAINT reporting_ownquestion_participation_id_network FOREIGN KEY (participation_id, network_id) REFERENCES public.reporting_participation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_ownquestion
    ADD CONSTRAINT reporting_ownquestion_task_id_network FOREIGN KEY (task_id, network_id) REFERENCES public.casework_task(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participat_network_id_964915bc_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_case_id_network FOREIGN KEY (case_id, network_id) REFERENCES public.casework_case(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_district_id_network FOREIGN KEY (district_id, network_id) REFERENCES public.network_district(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_household_id_network FOREIGN KEY (household_id, network_id) REFERENCES public.clients_household(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_person_id_network FOREIGN KEY (person_id, network_id) REFERENCES public.clients_person(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_participation
    ADD CONSTRAINT reporting_participation_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedque_network_id_5f08bb6c_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedquestion_asker_id_network FOREIGN KEY (asker_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedquestion_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedquestion_participation_id_network FOREIGN KEY (participation_id, network_id) REFERENCES public.reporting_participation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_plannedquestion
    ADD CONSTRAINT reporting_plannedquestion_task_id_network FOREIGN KEY (task_id, network_id) REFERENCES public.casework_task(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_projectshare
    ADD CONSTRAINT reporting_projectsha_network_id_b57f18a5_fk_network_n FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_projectshare
    ADD CONSTRAINT reporting_projectshare_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_projectshare
    ADD CONSTRAINT reporting_projectshare_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_sheet
    ADD CONSTRAINT reporting_sheet_network_id_72b2e6d5_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_snapshot
    ADD CONSTRAINT reporting_snapshot_author_id_network FOREIGN KEY (author_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_snapshot
    ADD CONSTRAINT reporting_snapshot_network_id_42aacd3e_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_snapshot
    ADD CONSTRAINT reporting_snapshot_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_snapshotrow
    ADD CONSTRAINT reporting_snapshotrow_network_id_c8da9f3a_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_snapshotrow
    ADD CONSTRAINT reporting_snapshotrow_snapshot_id_network FOREIGN KEY (snapshot_id, network_id) REFERENCES public.reporting_snapshot(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_timeline
    ADD CONSTRAINT reporting_timeline_network_id_5d5d8d88_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_timeline
    ADD CONSTRAINT reporting_timeline_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_timeline
    ADD CONSTRAINT reporting_timeline_sheet_id_network FOREIGN KEY (sheet_id, network_id) REFERENCES public.reporting_timesheet(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_timesheet
    ADD CONSTRAINT reporting_timesheet_approved_by_id_network FOREIGN KEY (approved_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_timesheet
    ADD CONSTRAINT reporting_timesheet_membership_id_network FOREIGN KEY (membership_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_timesheet
    ADD CONSTRAINT reporting_timesheet_network_id_555f14ae_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_withdrawal
    ADD CONSTRAINT reporting_withdrawal_network_id_1004dac2_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_withdrawal
    ADD CONSTRAINT reporting_withdrawal_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_withdrawal
    ADD CONSTRAINT reporting_withdrawal_programme_id_network FOREIGN KEY (programme_id, network_id) REFERENCES public.network_programme(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_foreseen
    ADD CONSTRAINT screening_foreseen_network_id_812d31e3_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_foreseen
    ADD CONSTRAINT screening_foreseen_outlook_id_network FOREIGN KEY (outlook_id, network_id) REFERENCES public.screening_outlook(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_foreseen
    ADD CONSTRAINT screening_foreseen_settled_by_id_network FOREIGN KEY (settled_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_outlook
    ADD CONSTRAINT screening_outlook_household_id_network FOREIGN KEY (household_id, network_id) REFERENCES public.clients_household(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_outlook
    ADD CONSTRAINT screening_outlook_made_by_id_network FOREIGN KEY (made_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_outlook
    ADD CONSTRAINT screening_outlook_network_id_2ff8bb2c_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_record
    ADD CONSTRAINT screening_record_household_id_network FOREIGN KEY (household_id, network_id) REFERENCES public.clients_household(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_record
    ADD CONSTRAINT screening_record_kept_by_id_network FOREIGN KEY (kept_by_id, network_id) REFERENCES public.network_membership(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_record
    ADD CONSTRAINT screening_record_network_id_a432ef57_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.screening_rulefile
    ADD CONSTRAINT screening_rulefile_network_id_0be47373_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_user_id_8146e70c_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_invitation
    ADD CONSTRAINT staff_invitation_invited_by_id_d115cf2a_fk_network_user_id FOREIGN KEY (invited_by_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_invitation
    ADD CONSTRAINT staff_invitation_network_id_9cd5c405_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_invitation
    ADD CONSTRAINT staff_invitation_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_remark
    ADD CONSTRAINT staff_remark_network_id_d93e8485_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_user_id_fb5282fb_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_datakey
    ADD CONSTRAINT vault_datakey_network_id_1910f2bc_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_keypair
    ADD CONSTRAINT vault_keypair_network_id_da736735_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_keypair
    ADD CONSTRAINT vault_keypair_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_keypair
    ADD CONSTRAINT vault_keypair_user_id_fefc03bd_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoverysetup
    ADD CONSTRAINT vault_recoverysetup_first_id_5211909a_fk_network_user_id FOREIGN KEY (first_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoverysetup
    ADD CONSTRAINT vault_recoverysetup_network_id_2662ea36_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoverysetup
    ADD CONSTRAINT vault_recoverysetup_organisation_id_network FOREIGN KEY (organisation_id, network_id) REFERENCES public.network_organisation(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoverysetup
    ADD CONSTRAINT vault_recoverysetup_second_id_f8eec5f8_fk_network_user_id FOREIGN KEY (second_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoveryuse
    ADD CONSTRAINT vault_recoveryuse_network_id_9cb6872f_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoveryuse
    ADD CONSTRAINT vault_recoveryuse_pair_id_network FOREIGN KEY (pair_id, network_id) REFERENCES public.vault_keypair(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_recoveryuse
    ADD CONSTRAINT vault_recoveryuse_user_id_d676b38b_fk_network_user_id FOREIGN KEY (user_id) REFERENCES public.network_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_wrappedkey
    ADD CONSTRAINT vault_wrappedkey_data_key_id_network FOREIGN KEY (data_key_id, network_id) REFERENCES public.vault_datakey(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_wrappedkey
    ADD CONSTRAINT vault_wrappedkey_holder_id_network FOREIGN KEY (holder_id, network_id) REFERENCES public.vault_keypair(id, network_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_wrappedkey
    ADD CONSTRAINT vault_wrappedkey_network_id_71007fc7_fk_network_network_id FOREIGN KEY (network_id) REFERENCES public.network_network(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.vault_wrappedkey
    ADD CONSTRAINT vault_wrappedkey_pair_id_network FOREIGN KEY (pair_id, network_id) REFERENCES public.vault_keypair(id, network_id) DEFERRABLE INITIALLY DEFERRED;

INSERT INTO public.django_migrations (app, name, applied) VALUES
  ('network', '0001_initial', now()),
  ('account', '0001_initial', now()),
  ('account', '0002_email_max_length', now()),
  ('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
  ('account', '0004_alter_emailaddress_drop_unique_email', now()),
  ('account', '0005_emailaddress_idx_upper_email', now()),
  ('account', '0006_emailaddress_lower', now()),
  ('account', '0007_emailaddress_idx_email', now()),
  ('account', '0008_emailaddress_unique_primary_email_fixup', now()),
  ('account', '0009_emailaddress_unique_primary_email', now()),
  ('network', '0002_rent_level', now()),
  ('network', '0003_hsds', now()),
  ('network', '0004_locality_middle', now()),
  ('network', '0005_map', now()),
  ('network', '0006_closed_message', now()),
  ('network', '0007_membership_last_day', now()),
  ('network', '0008_edited', now()),
  ('clients', '0001_initial', now()),
  ('clients', '0002_letters', now()),
  ('clients', '0003_contact_address_blocked_person_left_on', now()),
  ('clients', '0004_name_index', now()),
  ('clients', '0005_contact_restricted_on', now()),
  ('appointments', '0001_initial', now()),
  ('appointments', '0002_initial', now()),
  ('appointments', '0003_rosters_groups_waiting', now()),
  ('appointments', '0004_interpreters', now()),
  ('appointments', '0005_call_about_a_talk', now()),
  ('appointments', '0006_calls_about_talks', now()),
  ('network', '0009_programme_terms', now()),
  ('network', '0010_deadline_mails', now()),
  ('network', '0011_notices', now()),
  ('network', '0012_network_of_pairs', now()),
  ('network', '0013_frozen', now()),
  ('audit', '0001_initial', now()),
  ('audit', '0002_append_only', now()),
  ('audit', '0003_heads', now()),
  ('audit', '0004_heads_append_only', now()),
  ('audit', '0005_network_leaves', now()),
  ('contenttypes', '0001_initial', now()),
  ('contenttypes', '0002_remove_content_type_name', now()),
  ('auth', '0001_initial', now()),
  ('auth', '0002_alter_permission_name_max_length', now()),
  ('auth', '0003_alter_user_email_max_length', now()),
  ('auth', '0004_alter_user_username_opts', now()),
  ('auth', '0005_alter_user_last_login_null', now()),
  ('auth', '0006_require_contenttypes_0002', now()),
  ('auth', '0007_alter_validators_add_error_messages', now()),
  ('auth', '0008_alter_user_username_max_length', now()),
  ('auth', '0009_alter_user_last_name_max_length', now()),
  ('auth', '0010_alter_group_name_max_length', now()),
  ('auth', '0011_update_proxy_permissions', now()),
  ('auth', '0012_alter_user_first_name_max_length', now()),
  ('directory', '0001_initial', now()),
  ('directory', '0002_vectors', now()),
  ('directory', '0003_search_words', now()),
  ('directory', '0004_hsds', now()),
  ('directory', '0005_truth', now()),
  ('directory', '0006_edition', now()),
  ('directory', '0007_history', now()),
  ('directory', '0008_words', now()),
  ('vault', '0001_keys', now()),
  ('casework', '0001_initial', now()),
  ('casework', '0002_initial', now()),
  ('casework', '0003_waiting_and_groups', now()),
  ('casework', '0004_compartments', now()),
  ('casework', '0005_cases', now()),
  ('casework', '0006_enquiry_continued', now()),
  ('casework', '0007_case_restricted_on', now()),
  ('casework', '0008_own_page', now()),
  ('casework', '0009_deadlines', now()),
  ('casework', '0010_files', now()),
  ('casework', '0011_letters', now()),
  ('casework', '0012_claims', now()),
  ('casework', '0013_career', now()),
  ('casework', '0014_emergency_unseen', now()),
  ('casework', '0015_deadline_request', now()),
  ('casework', '0016_keys_go_along', now()),
  ('casework', '0017_one_vocabulary_of_papers', now()),
  ('casework', '0018_plan_taking', now()),
  ('casework', '0019_after_care_answers', now()),
  ('casework', '0020_tasks_by_themselves', now()),
  ('casework', '0021_tasks_by_themselves_checked', now()),
  ('casework', '0022_request_keys', now()),
  ('casework', '0023_asked_once', now()),
  ('config', '0001_task_runs', now()),
  ('consent', '0001_initial', now()),
  ('consent', '0002_release_has_a_speaker', now()),
  ('consent', '0003_outlook', now()),
  ('consent', '0004_network_of_pairs', now()),
  ('staff', '0001_initial', now()),
  ('directory', '0009_barriers', now()),
  ('staff', '0002_remarks', now()),
  ('directory', '0010_network_of_pairs', now()),
  ('directory', '0011_barriers_are_remarks', now()),
  ('directory', '0012_words_of_services', now()),
  ('directory', '0013_words_of_changed_rows', now()),
  ('directory', '0014_truth_of_offices', now()),
  ('directory', '0015_office_due', now()),
  ('directory', '0016_issuers', now()),
  ('directory', '0017_one_issuer', now()),
  ('directory', '0018_paper_order', now()),
  ('messaging', '0001_initial', now()),
  ('messaging', '0002_letters_and_calls', now()),
  ('mfa', '0001_initial', now()),
  ('mfa', '0002_authenticator_timestamps', now()),
  ('mfa', '0003_authenticator_type_uniq', now()),
  ('network', '0014_truth', now()),
  ('network', '0015_closing_days', now()),
  ('privacy', '0001_initial', now()),
  ('privacy', '0002_network_of_pairs', now()),
  ('privacy', '0003_correction_of_a_part', now()),
  ('referrals', '0001_referrals', now()),
  ('referrals', '0002_keys_go_along', now()),
  ('referrals', '0003_network_of_pairs', now()),
  ('reporting', '0001_participations', now()),
  ('reporting', '0002_checks', now()),
  ('reporting', '0003_namesakes', now()),
  ('reporting', '0004_snapshots', now()),
  ('reporting', '0005_snapshots_append_only', now()),
  ('reporting', '0006_open_data', now()),
  ('reporting', '0007_open_data_append_only', now()),
  ('reporting', '0008_figure_sheets', now()),
  ('reporting', '0009_outcomes', now()),
  ('reporting', '0010_timesheets', now()),
  ('reporting', '0011_ending', now()),
  ('reporting', '0012_one_sheet_of_figures', now()),
  ('reporting', '0013_bases', now()),
  ('reporting', '0014_snapshots_end', now()),
  ('reporting', '0015_own_questions', now()),
  ('reporting', '0016_own_answers_checked', now()),
  ('reporting', '0017_network_leaves', now()),
  ('reporting', '0018_snapshot_counting', now()),
  ('screening', '0001_initial', now()),
  ('screening', '0002_outlook', now()),
  ('screening', '0003_withdrawal_deletes_outlook', now()),
  ('socialaccount', '0001_initial', now()),
  ('socialaccount', '0002_token_max_lengths', now()),
  ('socialaccount', '0003_extra_data_default_dict', now()),
  ('socialaccount', '0004_app_provider_id_settings', now()),
  ('socialaccount', '0005_socialtoken_nullable_app', now()),
  ('socialaccount', '0006_alter_socialaccount_extra_data', now());
