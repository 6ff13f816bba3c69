// SPDX-License-Identifier: Apache-2.0
/** What is done to many jobs: what whoever does it needs, and the store provides. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.bulk;
