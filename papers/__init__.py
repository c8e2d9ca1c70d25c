"""The domain, pure: papers, digests, feeds, text, keywords, matching. Imports no other room."""
