// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

/**
 * Call of a tool, in the result of an agent.
 *
 * @param tool name of the tool, as the model requested it
 * @param turn number of the turn in which the model requested it, from 1
 * @param ok whether the call succeeded
 */
record CalledTool(String tool, int turn, boolean ok) {}
