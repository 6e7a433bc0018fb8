"""Which elements of HTML begin a line, stand apart, hold nothing that is read, or may be shown to staff."""


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _tags(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
BREAKS = BLOCKS | {"br"}
SPACED = _tags("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre dl")
UNREAD = _tags("script style head title template noscript object svg math select textarea iframe xml")
VOID = _tags("area base br col embed hr img input link meta param source track wbr")
MARKUP = _tags(
    "a b blockquote br caption center code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strike "
    "strong sub sup table tbody td tfoot th thead tr u ul"
)
