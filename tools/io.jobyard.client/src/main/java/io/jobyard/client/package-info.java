// SPDX-License-Identifier: Apache-2.0
/** Client for applications that submit jobs to a host and follow them, over HTTP. */
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.client;
