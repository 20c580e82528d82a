package engine

import (
	"container/list"
	"hash/maphash"
	"sync"
)

// DefaultCache, as Options.Cache, lets the cache grow with the index: it has cachePerDocument
// bytes for each document, but from minCache to maxCache.
const DefaultCache = -1

// Of 425,267 documents, heads included, what 3,646 real queries match takes 48 bytes each.
const (
	cachePerDocument = 64
	minCache         = 32 << 20
	maxCache         = 1 << 30
)

// cacheLimit returns the size of the cache that Options.Cache asks for.
func cacheLimit(option int64, documents int) int64 {
	if option != DefaultCache {
		return option
	}
	return min(max(minCache, cachePerDocument*int64(documents)), maxCache)
}

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

// cacheClass says what a value is made of.
type cacheClass int

const (
	fromLists cacheClass = iota // posting lists, which are soon read again
	fromTexts                   // texts, which take much longer to read than to keep
	classes
)

// cache holds sets of documents and members that were found, which never change. When it is full, the
// least recently used entry of the class that uses more makes room, but only for a key that is
// requested a second time: otherwise a term of a single query would evict what many queries share
// (2Q: Johnson and Shasha, A Low Overhead High Performance Buffer Management
// Replacement Algorithm, 1994). A class with less than its half needs no second request. It is safe
// for concurrent use.
type cache struct {
	limit int64
	seed  maphash.Seed

	mu      sync.Mutex
	used    [classes]int64
	entries map[cacheKey]*list.Element
	order   [classes]list.List // of *cacheEntry, the most recently used first

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
	return CacheUse{Bytes: c.bytes(), Limit: c.limit, Hits: c.hits, Misses: c.misses}
}

// cacheKey names a value: the members with a unit or an operand by their kind
// (scope.cacheKind), what was read for an operand by its field, and the text.
type cacheKey struct{ kind, text string }

type cacheEntry struct {
	key   cacheKey
	value any
	class cacheClass
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
	found := e.Value.(*cacheEntry)
	c.order[found.class].MoveToFront(e)
	return found.value
}

// put keeps a value of size bytes if there is room or it is worth it.
func (c *cache) put(key cacheKey, value any, class cacheClass, size int) {
	cost := int64(size + len(key.text) + entryCost)
	if cost > c.limit/maxEntryDivisor {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		c.remove(e) // what was read since is more
	} else if c.bytes()+cost > c.limit && c.used[class]+cost > c.limit/int64(classes) && !c.admit(key) {
		return
	}
	c.used[class] += cost
	for c.bytes() > c.limit {
		larger := fromLists
		if c.used[fromTexts] > c.used[fromLists] {
			larger = fromTexts
		}
		c.remove(c.order[larger].Back())
	}
	c.entries[key] = c.order[class].PushFront(&cacheEntry{key, value, class, cost})
}

// bytes returns what all entries take.
func (c *cache) bytes() int64 { return c.used[fromLists] + c.used[fromTexts] }

func (c *cache) remove(e *list.Element) {
	old := e.Value.(*cacheEntry)
	c.order[old.class].Remove(e)
	delete(c.entries, old.key)
	c.used[old.class] -= old.cost
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
