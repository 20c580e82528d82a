// Package news defines the article record, the one exchange format between
// readers, index and server, and the identity and title of an article.
//
// It must not import anything of this module.
package news
