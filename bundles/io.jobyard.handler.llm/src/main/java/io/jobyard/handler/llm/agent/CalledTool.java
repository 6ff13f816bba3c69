// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

/**
 * A tool's call in the result.
 *
 * @param tool its name, as the model gave it
 * @param turn in which the model asked for it, from 1
 * @param ok whether it gave what it should
 */
record CalledTool(String tool, int turn, boolean ok) {}
