// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import java.time.Duration;

/**
 * How long to wait for an answer.
 *
 * @param firstByte until its first byte
 * @param idle between two of its bytes
 */
public record CallTimeouts(Duration firstByte, Duration idle) {}
