package engine

import (
	"fmt"
	"sync"
	"testing"
)

// Whatever it is asked for, a cache stays below its limit and returns what was put.
func TestCacheLimit(t *testing.T) {
	const limit = 100_000
	c := newCache(limit)
	var users sync.WaitGroup
	for user := range 4 {
		users.Go(func() {
			for i := range 5000 {
				n := (i*7 + user) % 300
				key := cacheKey{"f", fmt.Sprint(n)}
				if v := c.get(key); v != nil && v.(int) != n {
					t.Errorf("%v gave %v", key, v)
				}
				c.put(key, n, cacheClass(n%int(classes)), 100*n)
			}
		})
	}
	users.Wait()
	var sum int64
	entries := 0
	for class := range c.order {
		of := int64(0)
		for e := c.order[class].Front(); e != nil; e = e.Next() {
			of += e.Value.(*cacheEntry).cost
		}
		if of != c.used[class] {
			t.Errorf("the entries of class %d take %d bytes, not %d", class, of, c.used[class])
		}
		sum, entries = sum+of, entries+c.order[class].Len()
	}
	if sum > limit || sum < limit/2 || len(c.entries) != entries {
		t.Errorf("%d entries take %d bytes of %d, CacheUse has %d", len(c.entries), sum, limit, c.bytes())
	}
	if c.put(cacheKey{"f", "huge"}, 0, fromLists, limit); c.get(cacheKey{"f", "huge"}) != nil {
		t.Error("one value took the whole cache")
	}
}

// A full cache keeps the keys that are asked for often while others are asked for
// once.
func TestCacheAdmission(t *testing.T) {
	c := newCache(100_000)
	ask := func(name string) (there bool) {
		key := cacheKey{"f", name}
		if c.get(key) != nil {
			return true
		}
		c.put(key, name, fromLists, 1000)
		return false
	}
	found := 0
	for i := range 10_000 {
		ask(fmt.Sprint("once", i))
		if i%10 == 0 && ask(fmt.Sprint("often", i/10%20)) {
			found++
		}
	}
	if found < 900 {
		t.Errorf("of 1,000 requests for 20 values %d were answered", found)
	}
}

// What was read of texts stays, however many sets are made of posting lists meanwhile.
func TestCacheKeepsTexts(t *testing.T) {
	c := newCache(100_000)
	for i := range 500 {
		key := cacheKey{"f", fmt.Sprint("list", i)}
		for range 2 { // the second time it would be admitted
			c.put(key, i, fromLists, 1000)
		}
		if i%20 == 0 {
			c.put(cacheKey{"f", fmt.Sprint("text", i)}, i, fromTexts, 1000)
		}
	}
	for i := 0; i < 500; i += 20 {
		if c.get(cacheKey{"f", fmt.Sprint("text", i)}) == nil {
			t.Errorf("what was read of text %d is gone", i)
		}
	}
}

// The cache grows with the index unless a size is given.
func TestCacheLimitByDocuments(t *testing.T) {
	for _, c := range []struct {
		option    int64
		documents int
		want      int64
	}{
		{0, 1 << 30, 0}, {100, 1 << 30, 100},
		{DefaultCache, 1000, minCache}, {DefaultCache, 5_000_000, 320_000_000}, {DefaultCache, 1 << 30, maxCache},
	} {
		if got := cacheLimit(c.option, c.documents); got != c.want {
			t.Errorf("cacheLimit(%d, %d) = %d, want %d", c.option, c.documents, got, c.want)
		}
	}
}
