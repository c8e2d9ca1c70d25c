"""What people see: commands, buttons and message texts."""
