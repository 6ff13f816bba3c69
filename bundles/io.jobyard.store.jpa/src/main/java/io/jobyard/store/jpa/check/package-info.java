// SPDX-License-Identifier: Apache-2.0
/** Examines a store while the host runs: histories, seals and stored JSON. Imports sql, feed, commit and copy. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.check;
