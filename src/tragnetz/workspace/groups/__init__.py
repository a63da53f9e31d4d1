"""Groups for staff: plan, register people by phone, keep the list, print sheet and certificates."""
