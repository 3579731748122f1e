"""Static files under names with a checksum, which also holds for what scripts import from one another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # its package has no types
    """Like its base, but `import ... from "./other.js"` is rewritten to the other's name."""

    support_js_module_import_aggregation = True
