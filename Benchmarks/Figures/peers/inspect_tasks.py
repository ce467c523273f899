"""The same work for inspect_ai: questions answered in one call, and a shop where an order is looked up five times."""
import os

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import includes, match
from inspect_ai.solver import generate, use_tools
from inspect_ai.tool import tool

COUNT = int(os.environ.get("BENCH_EPISODES", "100"))
ORDERS = {"#W1000001": {"status": "pending", "items": ["desk lamp", "watering can"], "total": 101.40}}


@task
def questions():
    samples = [Sample(id=f"s{index}", input=f"{index}?", target=f"{index}?") for index in range(COUNT)]
    return Task(dataset=MemoryDataset(samples), solver=generate(), scorer=match())


@tool
def get_order_details():
    async def execute(order_id: str):
        """Looks an order up.

        Args:
            order_id: The order's number, with its number sign.
        """
        return str(ORDERS.get(order_id, "there is no such order"))

    return execute


@task
def tools():
    samples = [Sample(id=f"s{index}", input="What is in order #W1000001?", target="fox") for index in range(COUNT)]
    return Task(dataset=MemoryDataset(samples), solver=[use_tools(get_order_details()), generate()], scorer=includes())
