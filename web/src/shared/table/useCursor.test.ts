import { expect, it } from "vitest";
import { stepped } from "./useCursor";

const columns = ["name", "owner", "phone"];

it("begins at the first row, or upwards at the last", () => {
  expect(stepped({ row: -1, column: null }, 5, columns, 1, 0)).toEqual({ row: 0, column: null });
  expect(stepped({ row: -1, column: null }, 5, columns, -1, 0)).toEqual({ row: 4, column: null });
});

it("stays within the table", () => {
  expect(stepped({ row: 4, column: "phone" }, 5, columns, 1, 0)).toEqual({ row: 4, column: "phone" });
  expect(stepped({ row: 0, column: null }, 5, columns, -1, 0).row).toBe(0);
  expect(stepped({ row: 0, column: "phone" }, 5, columns, 0, 1).column).toBe("phone");
  expect(stepped({ row: 0, column: null }, 0, columns, 1, 0)).toEqual({ row: -1, column: null });
});

it("goes into the cells and out again to the row", () => {
  expect(stepped({ row: 2, column: null }, 5, columns, 0, 1).column).toBe("name");
  expect(stepped({ row: 2, column: "owner" }, 5, columns, 0, -1).column).toBe("name");
  expect(stepped({ row: 2, column: "name" }, 5, columns, 0, -1).column).toBeNull();
});
