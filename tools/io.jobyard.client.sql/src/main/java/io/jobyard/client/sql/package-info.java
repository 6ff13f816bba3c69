// SPDX-License-Identifier: Apache-2.0
/** Client for applications that submit jobs in their own transactions, in a host's PostgreSQL database. */
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.client.sql;
