// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.util.Map;

/** One column of the table: the host, or a library on a database. */
interface Contender {

    String title();

    /** Does the task from nothing: with a process and a database of its own. */
    Map<Value, Double> measure(Task task, int jobs) throws Exception;
}
