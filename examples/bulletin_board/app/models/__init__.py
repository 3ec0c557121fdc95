from .base import Base
from .comment import Comment
from .post import Post, PostStatus
from .tag import Tag, post_tags
from .user import User, UserRole

__all__ = ["Base", "Comment", "Post", "PostStatus", "Tag", "User", "UserRole", "post_tags"]
