// SPDX-License-Identifier: Apache-2.0
/** Embedded SQLite. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.sqlite;
