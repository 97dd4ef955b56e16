"""The named queries: .rq files that are listed, described, bound and run."""
