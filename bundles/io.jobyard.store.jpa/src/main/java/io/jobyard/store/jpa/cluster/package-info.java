// SPDX-License-Identifier: Apache-2.0
/**
 * Several hosts on one database: leases, the election of the leader, offers, notices and followers. Imports sql, incarnation, rows, feed
 * and commit.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.cluster;
