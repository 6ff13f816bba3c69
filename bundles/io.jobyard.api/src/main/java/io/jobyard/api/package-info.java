// SPDX-License-Identifier: Apache-2.0
/**
 * API for applications, which describe, submit and follow jobs.
 *
 * <p>Values are immutable snapshots. Nothing is null unless marked so. Services are safe for use by several threads.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api;
