"""The documents in a message, told apart from its question."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.supplied import WINDOW, Supplied, material, split_supplied

DOCUMENT = "Lyon lies on the Rhône.\n\nIt has 500,000 people."
QUESTION = "Where is Lyon?"


@pytest.mark.parametrize(
    "message",
    [
        f"Context: {DOCUMENT}\n\nQuestion: {QUESTION}",
        f"Context:\n{DOCUMENT}\n\nQuestion:\n{QUESTION}\n\nAnswer:",
        f"**Context:** {DOCUMENT}\n**Question:** {QUESTION}",
        f"Passage: {DOCUMENT}\nQ: {QUESTION}\nA:",
        # LangChain's retrieval prompt, and its older one
        "You are an assistant for question-answering tasks. Use the following pieces of retrieved context to answer "
        f"the question. If you don't know, say so.\nQuestion: {QUESTION} \nContext: {DOCUMENT} \nAnswer:",
        "Use the following pieces of context to answer the question at the end.\n\n"
        f"{DOCUMENT}\n\nQuestion: {QUESTION}\nHelpful Answer:",
        # LlamaIndex
        f"Context information is below.\n---------------------\n{DOCUMENT}\n---------------------\n"
        f"Given the context information and not prior knowledge, answer the query.\nQuery: {QUESTION}\nAnswer: ",
        # Haystack
        f"Given the following information, answer the question.\nDocuments:\n{DOCUMENT}\nQuestion: {QUESTION}\nAnswer:",
        f"Document 1: {DOCUMENT}\nDocument 2: Nice is in the south.\nQuestion: {QUESTION}",
        # Tags
        f"<context>\n{DOCUMENT}\n</context>\n\n{QUESTION}",
        f"<documents><document>{DOCUMENT}</document></documents>\n<question>{QUESTION}</question>",
        f"{QUESTION}\n<passage>{DOCUMENT}</passage>",
        f"<context>{DOCUMENT}</context>\nQuestion: {QUESTION}\nAnswer:",
        # Several examples before
        f"Context: Nice is in the south.\nQuestion: Where is Nice?\nAnswer: south\n\nContext: {DOCUMENT}\n"
        f"Question: {QUESTION}\nAnswer:",
        # Other languages
        f"Kontext: {DOCUMENT}\nFrage: {QUESTION}\nAntwort:",
        f"上下文：{DOCUMENT}\n问题：{QUESTION}\n答案：",
    ],
)
def test_the_question_alone_and_the_documents_as_context(message: str) -> None:
    found = split_supplied(message)
    assert found.question == QUESTION
    assert "500,000 people" in found.context
    assert QUESTION not in found.context


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Where is Lyon?",
        "Tim has 7 boxes and buys 9.\n\nHow many boxes are left?",
        "Question: If a psychologist acts as a witness, she has acted:\nA. well\nB. badly\nAnswer:",
        "Question: Where is Nice?\nAnswer: south\nQuestion: Where is Lyon?\nAnswer:",
        "What does the heading 'Context: none' mean?",
        "Context: Old maps.",
        "Context: Old maps.\nQuestion:",
        "<context>Old maps.</context>",
        "What does <context> mean in XML?",
        "Explain </context> before <context>.",
    ],
)
def test_a_message_of_another_form_is_a_question_as_it_is(message: str) -> None:
    assert split_supplied(message) == Supplied(message)


def test_documents_of_any_length_lie_between() -> None:
    long = "Lyon lies on the Rhône. " * (3 * WINDOW // 20)
    found = split_supplied(f"Context: {long}\n\nQuestion: {QUESTION}\nAnswer:")
    assert found.question == QUESTION
    assert found.context == f"Context: {long}".strip()
    first = split_supplied(f"Question: {QUESTION}\nContext: {long}\nAnswer:")
    assert (first.question, first.context.endswith("Answer:")) == (QUESTION, False)


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ("", ""),
        (DOCUMENT, DOCUMENT),
        ("system: You are a helpful assistant.", ""),
        ("system: Be brief.\nuser: Hello\nassistant: Lyon is in Spain.", ""),
        (f"system: Be brief.\ncontext: {DOCUMENT}", f"context: {DOCUMENT}"),
        (f"system: Answer from the documents.\nDocuments:\n{DOCUMENT}", f"Documents:\n{DOCUMENT}"),
        (f"user: Context: {DOCUMENT}\nassistant: I see.", f"Context: {DOCUMENT}\nassistant: I see."),
        (f"system: <context>{DOCUMENT}</context>", f"<context>{DOCUMENT}</context>"),
    ],
)
def test_what_of_a_conversation_supplies_something(context: str, said: str) -> None:
    assert material(context) == said


@given(st.lists(st.sampled_from(("Context:", "\n", "Question:", "<context>", "</context>", "Answer:", " x ", "é"))))
def test_any_message_is_survived_and_nothing_is_invented(pieces: list[str]) -> None:
    message = "".join(pieces)
    found = split_supplied(message)
    assert all(line in message for line in found.question.split("\n"))
    assert found.question or not message
    assert all(line in message for line in found.context.split("\n"))


@pytest.mark.parametrize(
    "unit", ["x", "<context>", "</context>", "context:\n", "\nq:", "\n        ", "following ", "\nAnswer:"]
)
def test_a_megabyte_takes_no_more_than_its_share(unit: str) -> None:
    message = unit * (1_000_000 // len(unit))
    began = time.process_time()
    split_supplied(message)
    material("user: " + message)
    assert time.process_time() - began < 1.0
