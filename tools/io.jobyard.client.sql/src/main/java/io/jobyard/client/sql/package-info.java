// SPDX-License-Identifier: Apache-2.0
/** For applications that submit jobs in their own transactions, on the PostgreSQL that a host keeps its jobs in. */
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.client.sql;
