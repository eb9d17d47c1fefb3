"""Tools to test analyses of Chinese documents: `noise` damages clean texts in the ways of the web.

A metamorphic test damages a text whose tables are known and asks whether they stay the same. `noise.KINDS` names the
kinds of damage; `pip install 'fangan[testing]'` brings the libraries that two of them need.

>>> from fangan.testing import noise
>>> noise.full_width("2010年")
'２０１０年'
"""

from fangan.testing import noise

__all__ = ["noise"]
