package engine

import (
	"container/list"
	"hash/maphash"
	"sync"
)

// DefaultCache is the default of Options.Cache: the sets of 3,646 real queries over 335,131
// documents take 19 MiB.
const DefaultCache = 32 << 20 // bytes

const (
	// maxEntryDivisor keeps one set from evicting all the others: an entry takes at
	// most a quarter of the cache.
	maxEntryDivisor = 4
	// entryCost is what an entry takes in addition to its value: map, element, key.
	entryCost = 200
	// maxGhosts is how many keys that were recently asked for are remembered
	// before the older ones are forgotten.
	maxGhosts = 1 << 16
)

// cache holds sets of documents and members that were found, which never change. When it is full, the
// least recently used entry makes room, but only for a key that is requested a second
// time: otherwise a term of a single query would evict what many queries share
// (2Q: Johnson and Shasha, A Low Overhead High Performance Buffer Management
// Replacement Algorithm, 1994). It is safe for concurrent use.
type cache struct {
	limit int64
	seed  maphash.Seed

	mu      sync.Mutex
	used    int64
	entries map[cacheKey]*list.Element
	order   list.List // of *cacheEntry, the most recently used first

	ghosts, olderGhosts map[uint64]struct{} // hashes of keys that were missing

	hits, misses int
}

// CacheUse says how full and how useful an Engine's cache is.
type CacheUse struct {
	Bytes, Limit int64 // used, and at most
	Hits, Misses int   // look-ups since the Engine was made
}

// CacheUse returns the use of the cache of what units and operands match.
func (e *Engine) CacheUse() CacheUse {
	c := e.index.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	return CacheUse{Bytes: c.used, Limit: c.limit, Hits: c.hits, Misses: c.misses}
}

// cacheKey names a value: the members with a unit or an operand by their kind
// (scope.cacheKind), what was read for an operand by its field, and the text.
type cacheKey struct{ kind, text string }

type cacheEntry struct {
	key   cacheKey
	value any
	cost  int64
}

func newCache(limit int64) *cache {
	return &cache{
		limit:   limit,
		seed:    maphash.MakeSeed(),
		entries: map[cacheKey]*list.Element{},
		ghosts:  map[uint64]struct{}{},
	}
}

// get returns a value that put was given, or nil.
func (c *cache) get(key cacheKey) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if !ok {
		c.misses++
		return nil
	}
	c.hits++
	c.order.MoveToFront(e)
	return e.Value.(*cacheEntry).value
}

// put keeps a value of size bytes if there is room or it is worth it.
func (c *cache) put(key cacheKey, value any, size int) {
	cost := int64(size + len(key.text) + entryCost)
	if cost > c.limit/maxEntryDivisor {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		old := c.order.Remove(e).(*cacheEntry) // what was read since is more
		delete(c.entries, key)
		c.used -= old.cost
	} else if c.used+cost > c.limit && !c.admit(key) {
		return
	}
	for c.used+cost > c.limit {
		last := c.order.Remove(c.order.Back()).(*cacheEntry)
		delete(c.entries, last.key)
		c.used -= last.cost
	}
	c.entries[key] = c.order.PushFront(&cacheEntry{key, value, cost})
	c.used += cost
}

// admit reports whether key was requested recently, and remembers it.
func (c *cache) admit(key cacheKey) bool {
	h := maphash.Comparable(c.seed, key)
	_, recent := c.ghosts[h]
	_, older := c.olderGhosts[h]
	if len(c.ghosts) >= maxGhosts {
		c.ghosts, c.olderGhosts = map[uint64]struct{}{}, c.ghosts
	}
	c.ghosts[h] = struct{}{}
	return recent || older
}
