package generation

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
)

// removeStale removes what interrupted processes left: drafts, and generations
// that were complete but not published. The folder must be locked.
func (f Folder) removeStale() error {
	current, err := f.Current()
	if err != nil && !errors.Is(err, ErrNone) {
		return err
	}
	// CURRENT.tmp is durable before the draft that it names is renamed; if it can't
	// be read, no draft was renamed.
	if pending, err := readCurrent(f.Dir(pendingFile)); err == nil && pending.Name != current.Name {
		if err := f.discard(pending.Name); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !isStale(e.Name()) {
			continue
		}
		if err := f.disk.Remove(f.Dir(e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// discard removes a generation in two steps, so that a part of it never looks like
// a complete one.
func (f Folder) discard(name string) error {
	if _, err := os.Stat(f.Dir(name)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	tmp := f.Dir(name + tmpSuffix)
	if err := f.disk.Rename(f.Dir(name), tmp); err != nil {
		return err
	}
	return f.disk.Remove(tmp)
}

// Pruned lists what Prune did, by name.
type Pruned struct {
	Removed []string `json:"removed"`
	InUse   []string `json:"in_use"` // kept because a process has pinned them
	Kept    []string `json:"kept"`
}

// Prune removes the oldest generations until keep are left, but never the current
// one or one that a process has pinned. The one named before, "" for none, was
// current before that one and is removed last. The folder must be locked.
func (f Folder) Prune(keep int, before string) (Pruned, error) {
	p := Pruned{Removed: []string{}, InUse: []string{}, Kept: []string{}}
	if keep < 1 {
		return p, fmt.Errorf("keeping %d generations: want at least 1", keep)
	}
	names, err := f.Names()
	if err != nil {
		return p, err
	}
	current, err := f.Current()
	if err != nil {
		return p, err // without CURRENT it is unknown which one must stay
	}
	stay := selectKept(names, keep, current.Name, before)
	for _, name := range names {
		if slices.Contains(stay, name) {
			p.Kept = append(p.Kept, name)
			continue
		}
		unlock, ok := f.tryLock(name)
		if !ok {
			p.InUse = append(p.InUse, name)
			continue
		}
		err := f.discard(name)
		unlock()
		if err != nil {
			return p, err
		}
		p.Removed = append(p.Removed, name)
	}
	return p, f.disk.Sync(f.Path)
}

// selectKept selects keep of names, which are sorted oldest first: those in first,
// then the newest. A generation that was rolled back is newer than the current
// one.
func selectKept(names []string, keep int, first ...string) []string {
	wanted := slices.Clone(names)
	slices.Reverse(wanted)
	rank := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(wanted, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return wanted[:min(keep, len(wanted))]
}
