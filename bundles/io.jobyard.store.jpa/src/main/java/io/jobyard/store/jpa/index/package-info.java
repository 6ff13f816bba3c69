// SPDX-License-Identifier: Apache-2.0
/** The search index: blocks of jobs that follow the feed, and the searches that read them. Imports sql, incarnation, rows and feed. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.index;
