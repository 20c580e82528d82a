package engine

import (
	"container/list"
	"hash/maphash"
	"sync"
)

// DefaultCache bounds the memory that a generation's cache takes where nothing
// else is said: the lists of 3,646 real queries over 425,000 documents take
// 230 MB.
const DefaultCache = 256 << 20 // bytes

const (
	// maxShare keeps one list from taking the place of all the others.
	maxShare = 4
	// entryCost is what an entry takes besides its value: map, element, key.
	entryCost = 200
	// remembered is how many keys that were asked for lately are known.
	remembered = 1 << 16
)

// cache keeps what was made of postings: lists and sets that never change. When
// it is full, what was asked for least lately gives way, and only to what is
// asked for a second time: a term that one query alone has would push out what
// many share (2Q: Johnson and Shasha, A Low Overhead High Performance Buffer
// Management Replacement Algorithm, 1994). It is safe for concurrent use.
type cache struct {
	limit int64
	seed  maphash.Seed

	mu      sync.Mutex
	used    int64
	entries map[cacheKey]*list.Element
	order   list.List // of *cacheEntry, the latest first

	asked, before map[uint64]struct{} // keys that were not there, of two spans

	hits, misses int
}

// CacheUse says how an Engine's cache does.
type CacheUse struct {
	Bytes, Limit int64 // taken, and at most
	Hits, Misses int   // look-ups since the Engine was made
}

// CacheUse returns what the cache of decoded lists holds and was asked for.
func (e *Engine) CacheUse() CacheUse {
	c := e.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	return CacheUse{Bytes: c.used, Limit: c.limit, Hits: c.hits, Misses: c.misses}
}

// cacheKey names a value: a list by field and term, a unit's members by what
// they are and its text.
type cacheKey struct{ kind, text string }

type cacheEntry struct {
	key   cacheKey
	value any
	cost  int64
}

func newCache(limit int64) *cache {
	return &cache{limit: limit, seed: maphash.MakeSeed(), entries: map[cacheKey]*list.Element{}, asked: map[uint64]struct{}{}}
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
	if cost > c.limit/maxShare {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.entries[key]; ok {
		return // another request was faster
	}
	if c.used+cost > c.limit && !c.again(key) {
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

// again tells whether key was asked for lately, and remembers it.
func (c *cache) again(key cacheKey) bool {
	h := maphash.Comparable(c.seed, key)
	_, now := c.asked[h]
	_, before := c.before[h]
	if len(c.asked) >= remembered {
		c.asked, c.before = map[uint64]struct{}{}, c.asked
	}
	c.asked[h] = struct{}{}
	return now || before
}
