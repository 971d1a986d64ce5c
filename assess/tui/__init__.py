"""The terminal face: the only place that imports Textual. What changes an answer lives in `assess.session`."""

import os

# Textual reads this when it is imported. Its "report all keys" mode loses words composed with an input method
# in iTerm2, VS Code and WezTerm, and many of our users write Chinese.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
