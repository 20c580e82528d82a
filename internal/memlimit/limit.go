package memlimit

// Limit is a bound on the memory of this process.
type Limit struct {
	Name  string // as administrators know it, such as "ulimit -v"; "" if nothing bounds the memory
	Bytes int64  // of memory that the limit counts
	// Usable is what the limit leaves for data: Bytes without what every Go process takes of it.
	Usable int64
}

// Exists reports whether there is a limit.
func (l Limit) Exists() bool { return l.Name != "" }

// Of returns the limit of this process that leaves the least for data.
func Of() Limit { return least(all()) }

func least(limits []Limit) Limit {
	var found Limit
	for _, l := range limits {
		l.Usable = max(l.Usable, 0)
		if !found.Exists() || l.Usable < found.Usable {
			found = l
		}
	}
	return found
}
