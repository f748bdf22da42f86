SAVES = {}
