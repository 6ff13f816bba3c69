// SPDX-License-Identifier: Apache-2.0
/** Contract between the store and a database. Unstable: for the host's own bundles. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.store.api;
