from sqlalchemy import sql
from app import models

print sql.select([sql.func.count(models.Goat.id)])
