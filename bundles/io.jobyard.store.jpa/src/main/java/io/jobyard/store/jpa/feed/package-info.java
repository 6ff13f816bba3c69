// SPDX-License-Identifier: Apache-2.0
/** The change feed and the histories of jobs: how they are written, sealed and read. Imports sql, incarnation and rows. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.feed;
