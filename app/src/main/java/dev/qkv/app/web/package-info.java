/** The page: what it asks of the sheet, and the server that hands it out. */
@NullMarked
package dev.qkv.app.web;

import org.jspecify.annotations.NullMarked;
