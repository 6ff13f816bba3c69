// SPDX-License-Identifier: Apache-2.0
/** Job type {@code echo}, for trying out a host. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.echo;
