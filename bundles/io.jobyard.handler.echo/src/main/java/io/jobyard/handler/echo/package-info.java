// SPDX-License-Identifier: Apache-2.0
/** The job type {@code echo}, to try a host with. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.echo;
