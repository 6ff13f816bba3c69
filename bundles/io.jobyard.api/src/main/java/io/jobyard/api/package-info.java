// SPDX-License-Identifier: Apache-2.0
/**
 * What an application needs: describe a job, submit it, follow it.
 *
 * <p>Values are immutable snapshots. Nothing is null unless marked so. Services are safe for use by several threads.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api;
