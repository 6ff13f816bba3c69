// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import java.util.List;
import java.util.Map;

/** List of objects that were sent, which knows the place of each for messages. */
public interface PlacedList extends List<Map<String, Object>> {

    /** The place of an object, such as {@code line 3}. */
    String place(int index);
}
