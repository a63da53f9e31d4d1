"""The help landscape: benefits by law and offers of help, who is responsible, what is needed, which date not to miss.

Public; loaded from a city's folder. What nobody has confirmed is shown as "zu prüfen".
"""
