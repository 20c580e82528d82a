// Package page serves people: the HTML pages, their static files, and the forms to
// sign in and to choose a language. A page is one typed struct, made by a pure
// function and rendered by one template of web/templates.
//
// It must not import package api. Read pages.go first, which lists the routes,
// then frame.go, searchpage.go and resultspage.go.
package page
