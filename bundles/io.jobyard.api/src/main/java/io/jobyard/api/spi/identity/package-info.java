// SPDX-License-Identifier: Apache-2.0
/** Who somebody outside the process is: what a face needs that serves such people and programs. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.identity;
