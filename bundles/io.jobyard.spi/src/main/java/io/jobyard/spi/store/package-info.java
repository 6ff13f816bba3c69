// SPDX-License-Identifier: Apache-2.0
/** How jobs are admitted, claimed, changed and removed durably. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.store;
