package neardup

import (
	"encoding/binary"
	"math/bits"
)

// hanShingle is the length in bytes of a shingle of Han characters, which nearly all
// shingles are.
const hanShingle = shingle * hanSize

// The primes of XXH64.
const (
	prime1 uint64 = 11400714785074694791
	prime2 uint64 = 14029467366897019727
	prime3 uint64 = 1609587929392839161
	prime4 uint64 = 9650029242287828579
	prime5 uint64 = 2870177450012600261
)

// hashHan is xxhash.Sum64 (XXH64 with seed 0) for this length, without its branches: so
// that processors hash several shingles at once.
func hashHan(b *[hanShingle]byte) uint64 {
	h, k := prime5, binary.LittleEndian.Uint64(b[:])
	h += hanShingle
	k *= prime2
	h ^= bits.RotateLeft64(k, 31) * prime1
	h = bits.RotateLeft64(h, 27)*prime1 + prime4
	h ^= uint64(binary.LittleEndian.Uint32(b[8:])) * prime1
	h = bits.RotateLeft64(h, 23)*prime2 + prime3
	h = bits.RotateLeft64(h^uint64(b[12])*prime5, 11) * prime1
	h = bits.RotateLeft64(h^uint64(b[13])*prime5, 11) * prime1
	h = bits.RotateLeft64(h^uint64(b[14])*prime5, 11) * prime1
	h = (h ^ h>>33) * prime2
	h = (h ^ h>>29) * prime3
	return h ^ h>>32
}
