// SPDX-License-Identifier: Apache-2.0
/**
 * The committer: takes changes in order, writes many of them in one transaction, and answers callers after the commit. Imports sql,
 * incarnation, rows and feed.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.commit;
