"""Styles and scripts: made once from their sources, named by their content, handed out compressed."""

from webapp.assets.build import AssetSourcesMissing, refresh
from webapp.assets.handing_out import AssetsNotMade, FoundAsset, asset_path, find_asset

__all__ = ["AssetSourcesMissing", "AssetsNotMade", "FoundAsset", "asset_path", "find_asset", "refresh"]
