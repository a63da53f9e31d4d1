"""The way to work: profile, applications, talks with employers, work and training."""
