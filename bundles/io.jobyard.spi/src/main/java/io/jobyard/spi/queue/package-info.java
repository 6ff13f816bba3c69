// SPDX-License-Identifier: Apache-2.0
/** Lanes of ready jobs, the gates that block them, and the choice of the next job to start. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.queue;
